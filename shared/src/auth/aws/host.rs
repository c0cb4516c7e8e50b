//! What a host name of AWS says of region and service.

/// What was found; `None` where the name does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The region, as credential scopes have it.
    pub region: Option<String>,
    /// The service, as credential scopes have it.
    pub service: Option<&'static str>,
}

/// Reads a lower-case host name, without port.
///
/// Endpoints are named `SERVICE.REGION.amazonaws.com`, with resources before and variants (`dualstack`, `-fips`)
/// inside (docs.aws.amazon.com/general/latest/gr/rande.html).
#[must_use]
pub fn scope(host: &str) -> Scope {
    if let Some(rest) = host.strip_suffix(".on.aws") {
        return lambda_url(rest);
    }
    let Some((rest, partition)) = partition(host) else { return Scope::default() };
    let labels: Vec<&str> = rest.split('.').filter(|label| *label != "dualstack").collect();
    let region = labels.iter().rev().find(|label| is_region(label)).map(|label| (*label).to_owned());
    let dashed = labels.iter().rev().find_map(|label| dashed_s3(label));
    // A resource's own label may look like a service's: the one nearest to the end counts.
    let service = labels.iter().rev().filter(|label| !is_region(label)).find_map(|label| service_of(label));
    match (service, dashed) {
        (None, Some(region)) => Scope { region: region.or_else(|| partition.home()), service: Some("s3") },
        (service, _) => Scope { region: region.or_else(|| service.and_then(|_| partition.home())), service },
    }
}

#[derive(Clone, Copy)]
enum Partition {
    Commercial,
    China,
}

impl Partition {
    /// Where the endpoints without a region are.
    fn home(self) -> Option<String> {
        Some(match self {
            Self::Commercial => "us-east-1".to_owned(),
            Self::China => "cn-north-1".to_owned(),
        })
    }
}

fn partition(host: &str) -> Option<(&str, Partition)> {
    let commercial = host.strip_suffix(".amazonaws.com").or_else(|| host.strip_suffix(".api.aws"));
    let china =
        || host.strip_suffix(".amazonaws.com.cn").or_else(|| host.strip_suffix(".api.amazonwebservices.com.cn"));
    commercial.map(|rest| (rest, Partition::Commercial)).or_else(|| china().map(|rest| (rest, Partition::China)))
}

/// `abcdef.lambda-url.eu-west-1.on.aws`
fn lambda_url(rest: &str) -> Scope {
    let mut labels = rest.rsplit('.');
    let region = labels.next().filter(|label| is_region(label)).map(str::to_owned);
    let service = labels.next().filter(|label| *label == "lambda-url").map(|_| "lambda");
    Scope { region, service }
}

/// `eu-west-1`, `us-gov-east-1`, `us-iso-east-1`: letters, a direction, a number.
fn is_region(label: &str) -> bool {
    let mut parts = label.split('-');
    let is_area = parts.next().is_some_and(|area| area.len() == 2 && area.bytes().all(|b| b.is_ascii_lowercase()));
    let rest: Vec<&str> = parts.collect();
    let is_number = rest
        .last()
        .is_some_and(|number| !number.is_empty() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()));
    let words = rest.get(..rest.len().saturating_sub(1)).unwrap_or_default();
    is_area
        && is_number
        && !words.is_empty()
        && words.iter().all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The old `s3-eu-west-1`; `s3-accelerate` and `s3-external-1` name no region.
fn dashed_s3(label: &str) -> Option<Option<String>> {
    let rest = label.strip_prefix("s3-")?;
    if is_region(rest) {
        return Some(Some(rest.to_owned()));
    }
    matches!(rest, "accelerate" | "external-1").then_some(None)
}

/// The service that a label stands for, where the label is a service's.
fn service_of(label: &str) -> Option<&'static str> {
    let label = label.strip_suffix("-fips").unwrap_or(label);
    if label.starts_with("s3express-") {
        return Some("s3express");
    }
    let found = RENAMED.iter().find(|(name, _)| *name == label).map(|(_, service)| *service);
    found.or_else(|| SAME.iter().find(|name| **name == label).copied())
}

/// Endpoint labels that differ from the name in the scope.
const RENAMED: &[(&str, &str)] = &[
    ("appsync-api", "appsync"),
    ("autoscaling-plans", "autoscaling-plans"),
    ("bedrock-runtime", "bedrock"),
    ("bedrock-agent", "bedrock"),
    ("bedrock-agent-runtime", "bedrock"),
    ("email", "ses"),
    ("email-smtp", "ses"),
    ("git-codecommit", "codecommit"),
    ("entitlement", "aws-marketplace"),
    ("iot", "iotdata"),
    ("lambda-url", "lambda"),
    ("metering", "aws-marketplace"),
    ("models", "lex"),
    ("pinpoint", "mobiletargeting"),
    ("queue", "sqs"),
    ("runtime-fips", "lex"),
    ("s3-accesspoint", "s3"),
    ("s3-control", "s3"),
    ("s3-website", "s3"),
];

/// Endpoint labels that are the name in the scope.
const SAME: &[&str] = &[
    "acm",
    "acm-pca",
    "aoss",
    "apigateway",
    "appconfig",
    "appmesh",
    "athena",
    "autoscaling",
    "backup",
    "batch",
    "bedrock",
    "cloudformation",
    "cloudfront",
    "cloudtrail",
    "codebuild",
    "codecommit",
    "codedeploy",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "config",
    "dms",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "eks",
    "elasticache",
    "elasticbeanstalk",
    "elasticfilesystem",
    "elasticloadbalancing",
    "elasticmapreduce",
    "es",
    "events",
    "execute-api",
    "firehose",
    "geo",
    "glacier",
    "glue",
    "guardduty",
    "iam",
    "inspector2",
    "kafka",
    "kinesis",
    "kinesisvideo",
    "kms",
    "lakeformation",
    "lambda",
    "logs",
    "monitoring",
    "organizations",
    "personalize",
    "pipes",
    "polly",
    "rds",
    "redshift",
    "rekognition",
    "route53",
    "s3",
    "s3-object-lambda",
    "s3-outposts",
    "sagemaker",
    "scheduler",
    "secretsmanager",
    "securityhub",
    "servicediscovery",
    "sns",
    "sqs",
    "ssm",
    "states",
    "storagegateway",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream",
    "transcribe",
    "translate",
    "waf",
    "wafv2",
    "workspaces",
    "xray",
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
            ("s3.bucket.execute-api.eu-west-1.amazonaws.com", "eu-west-1", "execute-api"),
        ] {
            let found = scope(host);
            assert_eq!((found.region.as_deref(), found.service), (Some(region), Some(service)), "{host}");
        }
    }

    #[test]
    fn other_host_names_tell_nothing() {
        for host in ["example.com", "s3.example.com", "evilamazonaws.com", "localhost"] {
            assert_eq!(scope(host), Scope::default(), "{host}");
        }
    }
}
