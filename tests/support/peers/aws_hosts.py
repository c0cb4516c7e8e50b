#!/usr/bin/env python3
"""Region and service that belong to AWS's host names, as botocore's endpoint data and service models have them.

Prints one JSON line for every service that signs with Signature Version 4, in one region of each of four partitions:
    host, region, service
"""

import json

import botocore.session

REGIONS = {
    "us-east-1": "aws",
    "eu-west-1": "aws",
    "ap-southeast-2": "aws",
    "us-gov-west-1": "aws-us-gov",
    "cn-north-1": "aws-cn",
    "eusc-de-east-1": "aws-eusc",
}


def main():
    session = botocore.session.get_session()
    loader = session.get_component("data_loader")
    resolver = session.get_component("endpoint_resolver")
    for name in session.get_available_services():
        model = loader.load_service_model(name, "service-2")["metadata"]
        if model.get("signatureVersion") not in ("v4", "s3v4", "s3"):
            continue
        for region, partition in REGIONS.items():
            endpoint = resolver.construct_endpoint(model["endpointPrefix"], region, partition)
            if not endpoint:
                continue
            scope = endpoint.get("credentialScope", {})
            service = scope.get("service") or model.get("signingName") or model["endpointPrefix"]
            region = scope.get("region") or endpoint["endpointName"]
            print(json.dumps({"host": endpoint["hostname"], "region": region, "service": service}))


if __name__ == "__main__":
    main()
