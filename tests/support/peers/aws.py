#!/usr/bin/env python3
"""AWS Signature Version 4 as botocore computes it: the oracle of the differential test in tests/sign/aws.

Reads one JSON object a line on stdin:
    method, url, headers [{name, value}], body (base64), access_key, secret_key, session_token (or null), region, service,
    placement "header" | "query", expires (seconds, for query), payload "signed" | "unsigned", now (RFC 3339, UTC)
and answers each with one line on stdout:
    canonical_request, string_to_sign, signature, headers [[name, value]], url
or {"error": TEXT}. Everything of the signature is botocore's; this file only hands over the request.

"The specification" below is the IAM User Guide, "Create a signed AWS API request", and for S3 the Amazon S3 API reference,
"Authenticating Requests (AWS Signature Version 4)".

Where botocore wants its input in another form than a URL off the wire, it is handed over in that form:

  S3 path           S3SigV4Auth takes the path as its serializer wrote it, encoded once (botocore.serialize calls percent_encode
                    with "/~" safe), and signs it untouched. A path off the wire may spell the same bytes otherwise (a raw `:`,
                    `%7e`, `%2f`), so it is decoded and encoded again, segment by segment (a `%2F` stays one). "Canonical URI":
                    URI-encode the object key once, `/` apart.
  query             _canonical_query_string_url sorts what is in the URL and encodes nothing; request.params is the form its serializer
                    uses, decoded, and is encoded. parse_qsl does the decoding: `+` is a space, an empty pair (`a&&b`) is none.
                    "Canonical query string": URI-encode each name and value, then sort.
  repeated keys     SigV4QueryAuth reads the URL's query into a dict and keeps the first of each key; given as params with a list a
                    key, all of them stay.
  empty path        S3SigV4Auth signs an empty canonical URI; what goes out is `/` (RFC 9112, 3.2.1). "Canonical URI": if the path
                    is empty, use `/`.
  presigned body    SigV4QueryAuth takes request.data for parameters and moves it into the query. The body is a body here: data is
                    empty and `body`, which the payload hash is made of, has the bytes.

Where botocore differs from the specification whatever it is given, the test leaves the request out, by these names:

  date-header       A Date header is replaced with the signing time, and X-Amz-Date left out. The S3 documentation's own PUT example
                    ("Transferring Payload in a Single Chunk", "Example: PUT Object") keeps Date and signs it beside X-Amz-Date.
  method-case       The method is upper-cased. "Canonical request": HTTPMethod is the method of the request, and methods are
                    case-sensitive (RFC 9110, 9.1).
  white-space       Header values are split at anything that Python calls white space (tab, U+0085, U+00A0, U+3000 among it). "Canonical
                    headers": trim, and sequential *spaces* become one.
  escape-not-utf8   A query escape that is not UTF-8 (`%FF`) becomes U+FFFD, as botocore's strings are text. "URI-encode": every byte.
  form-presigned    Content-Type "application/x-www-form-urlencoded; charset=utf-8" is removed before presigning, taken for one that
                    botocore added by itself. "Canonical headers": content-type must be in it if the request has one.
  stale-query       X-Amz-* parameters of an earlier signature stay in the query. "Using Query Parameters": each of them once.
  stale-presigned   Authorization, X-Amz-Date and X-Amz-Security-Token headers stay, signed, when the signature goes to the query.
                    "Using Query Parameters": authentication is in one place.
  stale-token       An X-Amz-Security-Token header stays, signed, when the credentials have no token. "Temporary security credentials":
                    the header belongs to the credentials that sign.
  given-hash        A given X-Amz-Content-SHA256 is believed for services other than S3, and used as the payload hash. "Hashed
                    payload": the hash of the payload.
  unsigned-http     An unsigned payload of a presigned request is hashed after all when the URL is http (services other than S3).
                    "Hashed payload": UNSIGNED-PAYLOAD, no word of the URL's scheme.
"""

import base64
import datetime
import json
import sys
from types import SimpleNamespace
from urllib.parse import parse_qsl, unquote_to_bytes

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.utils import percent_encode

SIGNERS = {
    ("header", False): botocore.auth.SigV4Auth,
    ("header", True): botocore.auth.S3SigV4Auth,
    ("query", False): botocore.auth.SigV4QueryAuth,
    ("query", True): botocore.auth.S3SigV4QueryAuth,
}


class Request(AWSRequest):
    """A request whose body is what it was given, however it is signed."""

    bytes_to_send = b""

    @property
    def body(self):
        return self.bytes_to_send


def recording(signer):
    """The signer, noting down its intermediate values."""

    class Recording(signer):
        def canonical_request(self, request):
            self.noted_canonical_request = super().canonical_request(request)
            return self.noted_canonical_request

        def string_to_sign(self, request, canonical_request):
            self.noted_string_to_sign = super().string_to_sign(request, canonical_request)
            return self.noted_string_to_sign

        def signature(self, string_to_sign, request):
            self.noted_signature = super().signature(string_to_sign, request)
            return self.noted_signature

    return Recording


RECORDING = {key: recording(signer) for key, signer in SIGNERS.items()}


def split_url(url):
    """Origin, path and query of an absolute URL, each as written."""
    before, _, query = url.partition("#")[0].partition("?")
    scheme, _, rest = before.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}://{authority}", slash + path, query


def encoded_once(path):
    """A path as botocore's serializer writes it."""
    segments = path.split("/")
    return "/".join(percent_encode(unquote_to_bytes(segment), safe="~") for segment in segments)


def request_of(line, is_s3):
    origin, path, query = split_url(line["url"])
    path = path or "/"
    request = Request(method=line["method"], url=origin + (encoded_once(path) if is_s3 else path))
    request.bytes_to_send = base64.b64decode(line["body"])
    for header in line["headers"]:
        request.headers[header["name"]] = header["value"]
    pairs = parse_qsl(query, keep_blank_values=True)
    if line["placement"] == "header":
        request.params = pairs
    else:
        request.params = {}
        for key, value in pairs:
            request.params.setdefault(key, []).append(value)
    signed = line["payload"] == "signed"
    request.context["payload_signing_enabled"] = signed
    request.context["client_config"] = SimpleNamespace(s3={"payload_signing_enabled": signed})
    return request


def sign(line):
    is_s3 = line["service"] == "s3"
    request = request_of(line, is_s3)
    credentials = Credentials(line["access_key"], line["secret_key"], line.get("session_token"))
    options = {"expires": line["expires"]} if line["placement"] == "query" else {}
    signer = RECORDING[line["placement"], is_s3](credentials, line["service"], line["region"], **options)
    now = datetime.datetime.strptime(line["now"], "%Y-%m-%dT%H:%M:%SZ")
    botocore.auth.get_current_datetime = lambda: now
    signer.add_auth(request)
    return {
        "canonical_request": signer.noted_canonical_request,
        "string_to_sign": signer.noted_string_to_sign,
        "signature": signer.noted_signature,
        "headers": list(request.headers.items()),
        "url": request.url,
    }


def main():
    for line in sys.stdin.buffer:
        try:
            answer = sign(json.loads(line))
        except Exception as error:  # whatever it is, the test has to see it at the line it belongs to
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
