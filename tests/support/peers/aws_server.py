#!/usr/bin/env python3
"""A server that verifies AWS signatures: moto with authentication on, on a free port of 127.0.0.1.

Prints one JSON line when it is ready, and runs until its stdin closes:
    port
    access_key, secret_key                                of a user who may do everything
    session: {access_key, secret_key, session_token}      temporary credentials that may do the same

moto verifies the Authorization header with botocore's signers. What it takes on trust is verified by the gate in front of it:

  presigned URLs    moto does not look at X-Amz-Signature. The gate recomputes it with botocore's query signers, checks that
                    the URL has not expired ("Authenticating Requests: Using Query Parameters", Amazon S3 API reference), and hands
                    the request on signed anew in the header.
  payload           moto believes X-Amz-Content-SHA256. The gate compares it with the body.
  no signature      moto breaks down over it. The gate refuses it.
"""

import datetime
import hashlib
import hmac
import io
import json
import logging
import sys
import threading
from urllib.parse import parse_qsl, urlencode

import boto3
from aws import encoded_once
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto import settings
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
UNSIGNED = "UNSIGNED-PAYLOAD"


class Refused(Exception):
    """Why a request is refused: an S3 error code, and a sentence."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Gate:
    """WSGI middleware that verifies what moto takes on trust."""

    def __init__(self, application):
        self.application = application
        self.credentials = {}  # access key -> Credentials

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        try:
            check_payload(environ, body)
            path, _, query = environ["RAW_URI"].partition("?")
            pairs = parse_qsl(query, keep_blank_values=True)
            if any(name == "X-Amz-Signature" for name, _ in pairs):
                self.check_presigned(environ, path, pairs, body)
            elif "HTTP_AUTHORIZATION" not in environ:
                raise Refused("AccessDenied", "The request is not signed")
        except Refused as refusal:
            text = f"<Error><Code>{refusal.code}</Code><Message>{refusal}</Message></Error>".encode()
            status = "400 Bad Request" if refusal.code == "InvalidToken" else "403 Forbidden"
            start_response(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(text)))])
            return [text]
        return self.application(environ, start_response)

    def check_presigned(self, environ, path, pairs, body):
        given = {name: value for name, value in pairs if name.startswith("X-Amz-")}
        try:
            access_key, date, region, service, _ = given["X-Amz-Credential"].split("/")
            signed_at = datetime.datetime.strptime(given["X-Amz-Date"], "%Y%m%dT%H%M%SZ")
            lifetime = datetime.timedelta(seconds=int(given["X-Amz-Expires"]))
            signed_headers = given["X-Amz-SignedHeaders"].split(";")
        except (KeyError, ValueError) as error:
            raise Refused("AuthorizationQueryParametersError", str(error)) from error
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        if now > signed_at + lifetime or now < signed_at - datetime.timedelta(minutes=15):
            raise Refused("AccessDenied", "Request has expired")
        credentials = self.credentials.get(access_key)
        if credentials is None or given["X-Amz-Date"][:8] != date:
            raise Refused("InvalidAccessKeyId", "The access key is not known")
        if credentials.token and given.get("X-Amz-Security-Token") != credentials.token:
            raise Refused("InvalidToken", "The session token is not that of the access key")
        kind = S3SigV4QueryAuth if service == "s3" else SigV4QueryAuth
        signer = kind(credentials, service, region)
        request = AWSRequest(
            method=environ["REQUEST_METHOD"],
            url=origin(environ) + (encoded_once(path) if service == "s3" else path),
            headers={name: environ[environ_name(name)] for name in signed_headers},
            params=[pair for pair in pairs if pair[0] != "X-Amz-Signature"],
            data=body,
        )
        request.context["timestamp"] = given["X-Amz-Date"]
        signature = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
        if "host" not in signed_headers or not hmac.compare_digest(signature, given["X-Amz-Signature"]):
            raise Refused("SignatureDoesNotMatch", "The signature is not that of this request")
        hand_on(environ, path, [pair for pair in pairs if pair[0] not in given], body, credentials, service, region)


def check_payload(environ, body):
    hashed = environ.get("HTTP_X_AMZ_CONTENT_SHA256")
    if hashed not in (None, UNSIGNED, hashlib.sha256(body).hexdigest()):
        raise Refused("XAmzContentSHA256Mismatch", "x-amz-content-sha256 is not the hash of the body")


def hand_on(environ, path, pairs, body, credentials, service, region):
    """Makes the request one that is signed in its header, without the query parameters of the signature."""
    query = urlencode(pairs)
    target = path + ("?" + query if query else "")
    request = AWSRequest(method=environ["REQUEST_METHOD"], url=origin(environ) + target, data=body)
    # Given the hash, moto does not hash the decoded query of a GET in the body's place (it does for query services).
    request.headers["X-Amz-Content-SHA256"] = hashlib.sha256(body).hexdigest()
    kind = S3SigV4Auth if service == "s3" else SigV4Auth
    kind(credentials, service, region).add_auth(request)
    environ.update(RAW_URI=target, REQUEST_URI=target, QUERY_STRING=query)
    environ.update({environ_name(name): value for name, value in request.headers.items()})


def origin(environ):
    return "http://" + environ["HTTP_HOST"]


def environ_name(header):
    name = header.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + name


def create_credentials(port, gate):
    """Makes a user and a role, both allowed everything, while authentication is still off."""
    options = {
        "endpoint_url": f"http://127.0.0.1:{port}",
        "region_name": "us-east-1",
        "aws_access_key_id": "none-yet",
        "aws_secret_access_key": "none-yet",
    }
    iam = boto3.client("iam", **options)
    iam.create_user(UserName="countersign")
    iam.put_user_policy(UserName="countersign", PolicyName="everything", PolicyDocument=json.dumps(EVERYTHING))
    key = iam.create_access_key(UserName="countersign")["AccessKey"]
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}
    role = iam.create_role(RoleName="countersign", AssumeRolePolicyDocument=json.dumps(trust))["Role"]
    iam.put_role_policy(RoleName="countersign", PolicyName="everything", PolicyDocument=json.dumps(EVERYTHING))
    session = boto3.client("sts", **options).assume_role(RoleArn=role["Arn"], RoleSessionName="tests")["Credentials"]
    permanent = {"access_key": key["AccessKeyId"], "secret_key": key["SecretAccessKey"]}
    temporary = {
        "access_key": session["AccessKeyId"],
        "secret_key": session["SecretAccessKey"],
        "session_token": session["SessionToken"],
    }
    for one in (permanent, temporary):
        gate.credentials[one["access_key"]] = Credentials(one["access_key"], one["secret_key"], one.get("session_token"))
    return {**permanent, "session": temporary}


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    gate = Gate(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, gate, threaded=True, request_handler=MotoRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    credentials = create_credentials(server.server_port, gate)
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0  # from here on every request is verified
    print(json.dumps({"port": server.server_port, **credentials}), flush=True)
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
