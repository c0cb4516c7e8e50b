//! The places that the region comes from.

use super::*;

fn with_config(arguments: &[&str]) -> Tool {
    let config = "[default]\nregion = eu-west-1\n[profile work]\nregion = eu-west-2\n";
    aws().args(arguments).args(["--access-key", "A", "--secret-key", "s"]).file(CONFIG, config)
}

#[test]
fn option_host_environment_profile_default_in_this_order() {
    let of = |tool: Tool| region(&tool.succeeds());
    assert_eq!(of(with_config(&["--region", "x-1"]).env("AWS_REGION", "r-1")), "x-1");
    let host = with_config(&[]).stdin("https://sqs.ap-south-1.amazonaws.com/\n").env("AWS_REGION", "r-1");
    assert_eq!(of(host), "ap-south-1");
    assert_eq!(of(with_config(&[]).env("AWS_REGION", "r-1").env("AWS_DEFAULT_REGION", "d-1")), "r-1");
    assert_eq!(of(with_config(&[]).env("AWS_DEFAULT_REGION", "d-1")), "d-1");
    assert_eq!(of(with_config(&[])), "eu-west-1");
    assert_eq!(of(with_config(&[]).env("AWS_PROFILE", "work")), "eu-west-2");
    assert_eq!(of(aws().args(["--access-key", "A", "--secret-key", "s"])), "us-east-1");
}

#[test]
fn a_region_that_would_break_the_scope_is_refused() {
    with_config(&[]).env("AWS_REGION", "us/east").fails(2).stderr_has("not letters, digits and dashes");
}
