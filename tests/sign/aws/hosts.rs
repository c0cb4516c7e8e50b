//! Region and service from host names, against botocore's data on every service there is.

use serde_json::Value;

use super::steps::header;
use crate::support::{peers, sign};

#[test]
fn every_aws_endpoint_tells_its_region_and_service() {
    let endpoints: Vec<Value> = peers::peer("aws_hosts.py").succeeds().json();
    assert!(endpoints.len() > 1000, "only {} endpoints", endpoints.len());
    let urls: String = endpoints.iter().map(|one| format!("https://{}/\n", text(one, "host"))).collect();
    let signed = sign(["aws", "--access-key", "AK", "--secret-key", "SK", "--now", "2026-01-02T03:04:05Z"])
        .stdin(urls)
        .succeeds()
        .json();
    assert_eq!(signed.len(), endpoints.len());
    let differences: Vec<String> = endpoints
        .iter()
        .zip(&signed)
        .filter_map(|(endpoint, signed)| {
            let scope = format!("Credential=AK/20260102/{}/{}/", text(endpoint, "region"), text(endpoint, "service"));
            let authorization = header(signed, "authorization").expect("a signature");
            (!authorization.contains(&scope)).then(|| format!("{endpoint}: {authorization}"))
        })
        .collect();
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().expect(key)
}
