//! Region and service, read from host names of AWS.

/// The parts of a credential scope that a host name gives; `None` for a part that it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scope {
    /// The region's name in credential scopes.
    pub region: Option<String>,
    /// The service's name in credential scopes.
    pub service: Option<String>,
}

/// Reads a lower-case host name, without port.
///
/// Endpoints are named `SERVICE.REGION.amazonaws.com`, with resources before and variants (`dualstack`, `-fips`)
/// inside (docs.aws.amazon.com/general/latest/gr/rande.html). Few resources have their own endpoint's name the other way
/// round, and few services have endpoints without a region.
pub(super) fn scope(host: &str) -> Scope {
    if let Some(rest) = host.strip_suffix(".on.aws") {
        return of_resource(rest);
    }
    if let Some(scope) = compatible(host) {
        return scope;
    }
    let Some((rest, home)) = partition(host) else { return Scope::default() };
    let rest = rest.strip_suffix(".vpce").unwrap_or(rest);
    let labels: Vec<&str> = rest.split('.').filter(|label| *label != "dualstack").collect();
    if let Some(region) = labels.iter().rev().find_map(|label| dashed_s3(label)) {
        return Scope { region: Some(region.unwrap_or_else(|| home.to_owned())), service: Some("s3".to_owned()) };
    }
    // The last label counts, because a bucket's name stands before it and may look like a region too.
    let Some(at) = labels.iter().rposition(|label| is_region(label) || *label == GOVERNMENT) else {
        let service = without_region(&labels);
        return Scope { region: service.as_ref().map(|_| home.to_owned()), service };
    };
    let region = labels.get(at).copied().unwrap_or_default();
    let region = if region == GOVERNMENT { "us-gov-west-1" } else { region };
    let service = match labels.get(at + 1..) {
        Some([]) | None => labels.get(..at).filter(|before| !before.is_empty()).map(service_of),
        Some([label]) => AFTER_REGION.iter().find(|(name, _)| name == label).map(|(_, service)| (*service).to_owned()),
        Some(_) => None,
    };
    Scope { region: Some(region.to_owned()), service }
}

/// The label in place of a region in the names of the government partition's global endpoints.
const GOVERNMENT: &str = "us-gov";

/// Splits a host name into the labels before its partition's domain and the region of the partition's global endpoints.
fn partition(host: &str) -> Option<(&str, &'static str)> {
    const SUFFIXES: [(&str, &str); 5] = [
        (".amazonaws.com", "us-east-1"),
        (".api.aws", "us-east-1"),
        (".amazonaws.com.cn", "cn-northwest-1"),
        (".api.amazonwebservices.com.cn", "cn-northwest-1"),
        (".amazonaws.eu", "eusc-de-east-1"),
    ];
    SUFFIXES.iter().find_map(|(suffix, home)| Some((host.strip_suffix(suffix)?, *home)))
}

/// Returns the service of a global endpoint: `iam.amazonaws.com`, or S3's buckets before `s3.amazonaws.com`. Other names of
/// several labels are those of resources (`ec2-198-51-100-1.compute-1`).
fn without_region(labels: &[&str]) -> Option<String> {
    match labels {
        [_] | [.., "s3" | "health"] => Some(service_of(labels)),
        _ => None,
    }
}

/// The place of a store's region.
#[derive(Clone, Copy)]
enum Region {
    /// It is always this one.
    Always(&'static str),
    /// It is the last label before the domain. A host without one is in this region.
    Label(&'static str),
}

/// The domains of other companies' stores that speak S3.
const STORES: [(&str, Region); 7] = [
    (".r2.cloudflarestorage.com", Region::Always("auto")),
    ("storage.googleapis.com", Region::Always("auto")),
    (".backblazeb2.com", Region::Label("us-west-001")),
    (".wasabisys.com", Region::Label("us-east-1")),
    (".digitaloceanspaces.com", Region::Label("us-east-1")),
    (".scw.cloud", Region::Label("fr-par")),
    ("play.min.io", Region::Always("us-east-1")),
];

/// Reads the host of a store of another company that speaks S3.
fn compatible(host: &str) -> Option<Scope> {
    let of_store = |(domain, region): &(&str, Region)| {
        let rest = host.strip_suffix(domain)?;
        // A name that only ends like a store's is somebody else's.
        let is_below = domain.starts_with('.') || rest.is_empty() || rest.ends_with('.');
        is_below.then_some((rest, *region))
    };
    let (rest, region) = STORES.iter().find_map(of_store)?;
    let region = match region {
        Region::Always(region) => region,
        // Spaces are in regions such as `nyc3`; the others begin their hosts with `s3`.
        Region::Label(usual) => match rest.rsplit('.').next() {
            None | Some("" | "s3") => usual,
            Some(label) => label,
        },
    };
    Some(Scope { region: Some(region.to_owned()), service: Some("s3".to_owned()) })
}

/// Reads the host of a resource: `abcdef.lambda-url.eu-west-1.on.aws`, `abc.vpc-lattice-svcs.us-west-2.on.aws`.
fn of_resource(rest: &str) -> Scope {
    let mut labels = rest.rsplit('.');
    let region = labels.next().filter(|label| is_region(label)).map(str::to_owned);
    let service = labels.next().and_then(|label| match label {
        "lambda-url" => Some("lambda".to_owned()),
        "vpc-lattice-svcs" => Some(label.to_owned()),
        _ => None,
    });
    Scope { region, service }
}

/// Returns true for `eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`: an area, words and a number.
fn is_region(label: &str) -> bool {
    let mut parts = label.split('-');
    let is_area = parts
        .next()
        .is_some_and(|area| area == "eusc" || (area.len() == 2 && area.bytes().all(|b| b.is_ascii_lowercase())));
    let rest: Vec<&str> = parts.collect();
    let is_number = rest
        .last()
        .is_some_and(|number| !number.is_empty() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()));
    let (_, words) = rest.split_last().unwrap_or((&"", &[]));
    is_area
        && is_number
        && !words.is_empty()
        && words.iter().all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
}

/// Reads the old form of S3's names, `s3-eu-west-1`. `s3-accelerate` and `s3-external-1` name no region.
fn dashed_s3(label: &str) -> Option<Option<String>> {
    let rest = label.strip_prefix("s3-")?;
    if is_region(rest) {
        return Some(Some(rest.to_owned()));
    }
    matches!(rest, "accelerate" | "external-1").then_some(None)
}

/// Returns the service that the labels before a region name. It is the last label, unless scopes use another name.
fn service_of(labels: &[&str]) -> String {
    let name = labels.join(".");
    let name = name.strip_suffix("-fips").unwrap_or(&name);
    let label = name.rsplit('.').next().unwrap_or_default();
    if label.starts_with("s3express-") {
        return "s3express".to_owned();
    }
    let renamed = RENAMED.iter().find(|(pattern, _)| matches(pattern, name));
    renamed.map_or(label, |(_, service)| service).to_owned()
}

/// Returns true if a name ends with the labels of a pattern. A pattern that starts with `*.` needs a label before them.
fn matches(pattern: &str, name: &str) -> bool {
    let before = |pattern: &str| name.strip_suffix(pattern);
    match pattern.strip_prefix('*') {
        Some(pattern) => before(pattern).is_some_and(|rest| !rest.is_empty()),
        None => before(pattern).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
    }
}

/// Labels behind the region that name a resource's service, and the service's name in scopes.
const AFTER_REGION: &[(&str, &str)] = &[
    ("aoss", "aoss"),
    ("cloudsearch", "cloudsearch"),
    ("es", "es"),
    ("neptune", "neptune-db"),
    ("queue", "sqs"),
    ("rds", "rds-db"),
];

/// Endpoints that have another name in scopes; the first that matches counts. They are from the models of AWS's SDKs
/// (`endpointPrefix` against `signingName`).
const RENAMED: &[(&str, &str)] = &[
    ("agent-registry-control", "agent-registry"),
    ("agreement-marketplace", "aws-marketplace"),
    ("appconfigdata", "appconfig"),
    ("appstream2", "appstream"),
    ("appsync-api", "appsync"),
    ("appsync-realtime-api", "appsync"),
    ("bedrock-agent", "bedrock"),
    ("bedrock-agent-runtime", "bedrock"),
    ("bedrock-agentcore-control", "bedrock-agentcore"),
    ("bedrock-data-automation", "bedrock"),
    ("bedrock-data-automation-runtime", "bedrock"),
    ("bedrock-runtime", "bedrock"),
    ("cassandra-streams", "cassandra"),
    ("cloudhsmv2", "cloudhsm"),
    ("cloudsearchdomain", "cloudsearch"),
    ("cloudwatch-omni", "cloudwatch"),
    ("contact-lens", "connect"),
    ("data-signer", "signer"),
    ("deployment-marketplace", "aws-marketplace"),
    ("discovery-marketplace", "aws-marketplace"),
    ("email", "ses"),
    ("email-smtp", "ses"),
    ("eventsv2", "events"),
    ("forecastquery", "forecast"),
    ("git-codecommit", "codecommit"),
    ("iam-toolbox", "iam"),
    ("identity-chime", "chime"),
    ("jobs.iot", "iot-jobs-data"),
    ("tunneling.iot", "IoTSecuredTunneling"),
    ("*.iot", "iotdata"),
    ("ivsrealtime", "ivs"),
    ("lambda-url", "lambda"),
    ("mail-manager", "ses"),
    ("*.marketplace", "aws-marketplace"),
    ("media-pipelines-chime", "chime"),
    ("meetings-chime", "chime"),
    ("memory-db", "memorydb"),
    ("messaging-chime", "chime"),
    ("migrationhub-config", "mgh"),
    ("models-v2-lex", "lex"),
    ("oidc", "sso-oauth"),
    ("participant.connect", "execute-api"),
    ("partnercentral-prm", "partnercentral"),
    ("personalize-events", "personalize"),
    ("personalize-runtime", "personalize"),
    ("portal.sso", "awsssoportal"),
    ("sms-voice.pinpoint", "sms-voice"),
    ("pinpoint", "mobiletargeting"),
    ("queue", "sqs"),
    ("reporting-marketplace", "aws-marketplace"),
    ("runtime-v2-lex", "lex"),
    ("s3-accesspoint", "s3"),
    ("s3-control", "s3"),
    ("servicecatalog-appregistry", "servicecatalog"),
    ("voice-chime", "chime"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_tell_region_and_service() {
        for (host, region, service) in [
            ("sts.eu-west-1.amazonaws.com", "eu-west-1", "sts"),
            ("sts.amazonaws.com", "us-east-1", "sts"),
            ("iam.amazonaws.com", "us-east-1", "iam"),
            ("bucket.s3.amazonaws.com", "us-east-1", "s3"),
            ("my.bucket.s3.eu-central-1.amazonaws.com", "eu-central-1", "s3"),
            ("bucket.s3.dualstack.ap-southeast-2.amazonaws.com", "ap-southeast-2", "s3"),
            ("s3-eu-west-1.amazonaws.com", "eu-west-1", "s3"),
            ("bucket.s3-us-west-2.amazonaws.com", "us-west-2", "s3"),
            ("bucket.s3-accelerate.amazonaws.com", "us-east-1", "s3"),
            ("bucket.s3.cn-north-1.amazonaws.com.cn", "cn-north-1", "s3"),
            ("abc123.execute-api.us-gov-west-1.amazonaws.com", "us-gov-west-1", "execute-api"),
            ("search-domain-xyz.eu-west-1.es.amazonaws.com", "eu-west-1", "es"),
            ("sts-fips.us-east-2.amazonaws.com", "us-east-2", "sts"),
            ("email.us-east-1.amazonaws.com", "us-east-1", "ses"),
            ("fn.lambda-url.eu-west-1.on.aws", "eu-west-1", "lambda"),
            ("bedrock-runtime.us-east-1.amazonaws.com", "us-east-1", "bedrock"),
            ("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1", "ecr"),
            ("eu-west-1.queue.amazonaws.com", "eu-west-1", "sqs"),
            ("transfer.eu-west-1.amazonaws.com", "eu-west-1", "transfer"),
            ("some-new-service.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", "some-new-service"),
            ("bucket.vpce-0e25-x.s3.us-east-1.vpce.amazonaws.com", "us-east-1", "s3"),
            ("vpce-0e25-x.execute-api.us-east-1.vpce.amazonaws.com", "us-east-1", "execute-api"),
            ("cluster-x.abc.eu-west-1.neptune.amazonaws.com", "eu-west-1", "neptune-db"),
            ("iot.eu-west-1.amazonaws.com", "eu-west-1", "iot"),
            ("abc-ats.iot.eu-west-1.amazonaws.com", "eu-west-1", "iotdata"),
            ("bucket--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "us-east-1", "s3express"),
            ("bucket.s3-fips.dualstack.us-gov-west-1.amazonaws.com", "us-gov-west-1", "s3"),
            ("iam.us-gov.amazonaws.com", "us-gov-west-1", "iam"),
            ("s3.bucket.execute-api.eu-west-1.amazonaws.com", "eu-west-1", "execute-api"),
        ] {
            let found = scope(host);
            assert_eq!((found.region.as_deref(), found.service.as_deref()), (Some(region), Some(service)), "{host}");
        }
    }

    #[test]
    fn other_host_names_tell_nothing() {
        for host in [
            "example.com",
            "s3.example.com",
            "evilamazonaws.com",
            "localhost",
            "amazonaws.com",
            "ec2-198-51-100-1.compute-1.amazonaws.com",
        ] {
            assert_eq!(scope(host), Scope::default(), "{host}");
        }
        let balancer = scope("my-balancer-1.eu-west-1.elb.amazonaws.com");
        assert_eq!(balancer, Scope { region: Some("eu-west-1".to_owned()), service: None });
    }
}
