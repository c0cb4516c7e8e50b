#!/usr/bin/env python3
"""OAuth 1.0 as oauthlib signs and verifies it: the oracle of the differential test in tests/oauth1.

Reads one JSON object a line on stdin:
    method, url, content_type (or null), host (the Host header, or null), body (base64), placement "header" | "body" | "query",
    auth: Postman's keys, without the flags that place and encode
    private_key, public_key (PEM, for the RSA methods)
    body_hash, empty: whether the body hash and empty parameters are signed
    signed (or null): {url, headers [{name, value}], body (base64)}, to be verified
and answers each with one line on stdout:
    parameters, base_string (null for PLAINTEXT), signature, accepted (null where nothing was to be verified)
    request: {url, headers [{name, value}], body (base64, or null)}, as oauthlib signed it
or {"error": TEXT}. Everything of the signature is oauthlib's; this file only hands over the request.

Where oauthlib wants its input in another form than a request off the wire, it is handed over in that form:

  escapes          oauthlib refuses queries and forms with characters that RFC 3986 does not allow there, and a `%` without two
                   hex digits. Such a character stands for itself; it is handed over escaped, which says the same.
  content type     The checks compare the header with "application/x-www-form-urlencoded" letter by letter; parameters
                   (charset) and capitals are left out (RFC 9110, 8.3.1).
  other bodies     A body that is no form is not part of the signature, but refused if it could be read as one. It is handed
                   over only for the body hash.
  body hash        oauthlib hashes unasked. Where the hash is not asked for, it is taken away again.
  version, empty   The version is always sent as 1.0 and empty parameters never; both are set to what is asked for.
  verifying        The endpoint takes the URL's host, the server knows the Host header's: the URL is built from it.

Where oauthlib differs from the specification whatever it is given, the test leaves the request out, by these names:

  escape-not-utf8  A `%FF` becomes U+FFFD, as oauthlib's strings are text. RFC 5849, 3.6: octets are encoded.
  get-with-form    Signing GET and HEAD with a form is refused. RFC 5849, 3.4.1.3.1: the content type decides, not the method.
  path-parameters  A path that ends in `;` loses it (urllib's urlparse). RFC 5849, 3.4.1.2: the path is the request's.
  twice-decoded    Protocol parameters in query and body are decoded twice: a value with `%41` in it is signed as `A`, and a
                   PLAINTEXT signature with an escape in it is refused. RFC 5849, 3.4.1.3.1: decoded once.
  body-hash        Always SHA-1, only of text, only beside a Content-Type, never of an empty body; a body that could be read
                   as a form is refused. draft-eaton-oauth-bodyhash, 3.2 and 4.1: SHA-1 for the SHA-1 methods, of any body.
  empty-version    The endpoint refuses an empty oauth_version. RFC 5849, 3.1 says the same; only our --add-empty-params-to-sign
                   with an empty --version makes one.
  query-realm      The endpoint takes a query parameter named realm away when the header has a realm. RFC 5849, 3.4.1.3.1: only
                   the header's is left out.
  raw-header       The endpoint decodes header values, which --disable-header-encoding does not encode. RFC 5849, 3.5.1.
"""

import base64
import functools
import json
import re
import sys

from oauthlib.oauth1 import Client, RequestValidator
from oauthlib.oauth1.rfc5849 import errors, signature
from oauthlib.oauth1.rfc5849.endpoints.base import BaseEndpoint

FORM = "application/x-www-form-urlencoded"
TYPES = {"header": "AUTH_HEADER", "body": "BODY", "query": "QUERY"}
ALLOWED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-=&;:%+~,*@!()/?'$")
STRAY = re.compile("%(?![0-9A-Fa-f]{2})")

noted = {}


def noting(name, function):
    """The function, noting down what it returns."""

    def wrapper(*arguments):
        noted[name] = function(*arguments)
        return noted[name]

    return wrapper


# Reading a key takes longer than signing with it.
signature._prepare_key_plus = functools.lru_cache(signature._prepare_key_plus)
signature.normalize_parameters = noting("parameters", signature.normalize_parameters)
signature.signature_base_string = noting("base_string", signature.signature_base_string)


def escaped(form):
    """A query or form in which every character that has to be escaped is."""
    form = STRAY.sub("%25", form)
    return "".join(c if c in ALLOWED else "".join(f"%{byte:02X}" for byte in c.encode()) for c in form)


def escaped_url(url):
    before, question, query = url.partition("#")[0].partition("?")
    return before + question + escaped(query)


class Asked(Client):
    """A client that sends just the parameters that are asked for."""

    question = None

    def get_oauth_signature(self, request):
        noted["signature"] = super().get_oauth_signature(request)
        return noted["signature"]

    def get_oauth_params(self, request):
        question = self.question
        parameters = [
            (name, value)
            for name, value in super().get_oauth_params(request)
            if name != "oauth_version" and (name != "oauth_body_hash" or question["body_hash"])
        ]
        version = question["auth"].get("version", "1.0")
        if version or question["empty"]:
            parameters.append(("oauth_version", version))
        if question["empty"] and not question["auth"].get("token"):
            parameters.append(("oauth_token", ""))
        return parameters


def sign(question):
    auth = question["auth"]
    client = Asked(
        auth["consumerKey"],
        client_secret=auth.get("consumerSecret", ""),
        resource_owner_key=auth.get("token"),
        resource_owner_secret=auth.get("tokenSecret"),
        callback_uri=auth.get("callback"),
        signature_method=auth.get("signatureMethod", "HMAC-SHA1"),
        signature_type=TYPES[question["placement"]],
        rsa_key=question["private_key"],
        verifier=auth.get("verifier"),
        nonce=auth["nonce"],
        timestamp=auth["timestamp"],
    )
    client.question = question
    headers, body = {}, None
    if question["host"] is not None:
        headers["Host"] = question["host"]
    content = base64.b64decode(question["body"]).decode() if is_form(question) or question["body_hash"] else ""
    if is_form(question):
        headers["Content-Type"] = FORM
        body = escaped(content)
    elif question["body_hash"]:
        headers["Content-Type"] = question["content_type"]
        body = content
    noted.clear()
    realm = auth.get("realm")
    url, headers, body = client.sign(escaped_url(question["url"]), question["method"], body, headers, realm)
    said = {name: noted.get(name) for name in ("parameters", "base_string", "signature")}
    said["request"] = {
        "url": url,
        "headers": [{"name": name, "value": value} for name, value in headers.items()],
        "body": None if body is None else base64.b64encode(body.encode()).decode(),
    }
    return said


def is_form(question):
    return (question["content_type"] or "").partition(";")[0].strip().lower() == FORM


class Validator(RequestValidator):
    """Knows one client and one token, and takes any time and nonce."""

    enforce_ssl = False
    timestamp_lifetime = 1 << 62
    allowed_signature_methods = Client.SIGNATURE_METHODS

    def __init__(self, question):
        super().__init__()
        self.question = question

    def check_client_key(self, client_key):
        return client_key == self.question["auth"]["consumerKey"]

    def check_nonce(self, nonce):
        return bool(nonce)

    def get_client_secret(self, client_key, request):
        return self.question["auth"].get("consumerSecret", "")

    def get_access_token_secret(self, client_key, token, request):
        return self.question["auth"].get("tokenSecret", "")

    def get_rsa_key(self, client_key, request):
        return self.question["public_key"]


def verify(question):
    """Whether oauthlib's endpoint accepts the signed request."""
    signed = question["signed"]
    headers = {header["name"]: header["value"] for header in signed["headers"]}
    if is_form(question):
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
        headers["Content-Type"] = FORM
    protocol, _, rest = escaped_url(signed["url"]).partition("://")
    authority = re.match("[^/?]*", rest).group()
    host = next((value for name, value in headers.items() if name.lower() == "host"), authority)
    body = escaped(base64.b64decode(signed["body"]).decode()) if is_form(question) else ""
    endpoint = BaseEndpoint(Validator(question))
    try:
        request = endpoint._create_request(
            f"{protocol}://{host}{rest[len(authority):]}", question["method"], body, headers
        )
        endpoint._check_mandatory_parameters(request)
    except errors.OAuth1Error as error:
        return f"refused: {error}"
    if question["auth"].get("token") and not request.resource_owner_key:
        return "refused: no token"
    # oauthlib asks for the token's secret only where there is a token; RFC 5849, 3.4.2: it is part of the key anyway.
    request.resource_owner_key = request.resource_owner_key or "none"
    return endpoint._check_signature(request)


def answer(question):
    said = sign(question)
    said["accepted"] = verify(question) if question["signed"] else None
    return said


def main():
    for line in sys.stdin.buffer:
        try:
            said = answer(json.loads(line))
        except Exception as error:  # whatever it is, the test has to see it at the line it belongs to
            said = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
