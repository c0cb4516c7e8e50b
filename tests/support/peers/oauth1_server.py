#!/usr/bin/env python3
"""An OAuth 1.0 provider: oauthlib's endpoints on a free port of 127.0.0.1, with oauthlib's own limits on keys, nonces and time.

Prints one JSON line when it is ready, and runs until its stdin closes:
    port
    consumer_key, consumer_secret; RSA requests of that client are verified with tests/vectors/keys/rsa.pub.pem
    token, token_secret                          of a user who may do everything

    POST /request-token                          temporary credentials (RFC 5849, 2.1)
    GET  /authorize?oauth_token=T                the user agrees (2.2): answers with the callback and the verifier
    POST /access-token                           token credentials (2.3)
    anything else                                a protected resource: 200 with what was received, or 401

oauthlib does not look at oauth_body_hash; the hash is compared here (draft-eaton-oauth-bodyhash, 3.2: in SHA-1 for the SHA-1
methods; this provider wants the method's own digest for the others).
"""

import base64
import hashlib
import json
import pathlib
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from oauthlib.oauth1 import AccessTokenEndpoint, RequestTokenEndpoint, RequestValidator, ResourceEndpoint
from oauthlib.oauth1.rfc5849 import Client

KEYS = pathlib.Path(__file__).resolve().parents[2] / "vectors" / "keys"
# Unreserved characters only: oauthlib decodes what a PLAINTEXT signature has of others twice (twice-decoded in oauth1.py).
CLIENT = ("countersignTestClient01", "client-secret_1.~")
TOKEN = ("countersignTestToken0001", "token-secret_1.~")


class Validator(RequestValidator):
    """Keeps what it was given in memory."""

    enforce_ssl = False
    allowed_signature_methods = Client.SIGNATURE_METHODS
    dummy_client = dummy_request_token = dummy_access_token = "nobody"

    def __init__(self):
        super().__init__()
        self.access = dict([TOKEN])
        self.temporary = {}  # token -> {secret, callback, verifier}
        self.seen = set()
        self.lock = threading.Lock()

    def validate_timestamp_and_nonce(
        self, client_key, timestamp, nonce, request, request_token=None, access_token=None
    ):
        with self.lock:
            used = (client_key, request_token or access_token, timestamp, nonce)
            is_new = used not in self.seen
            self.seen.add(used)
        return is_new

    def validate_client_key(self, client_key, request):
        return client_key == CLIENT[0]

    def get_client_secret(self, client_key, request):
        return CLIENT[1] if client_key == CLIENT[0] else "dummy"

    def get_rsa_key(self, client_key, request):
        return (KEYS / "rsa.pub.pem").read_text()

    def validate_access_token(self, client_key, token, request):
        return token in self.access

    def get_access_token_secret(self, client_key, token, request):
        return self.access.get(token, "dummy")

    def validate_realms(self, client_key, token, request, uri=None, realms=None):
        return True

    def validate_requested_realms(self, client_key, realms, request):
        return True

    def check_realms(self, realms):
        return True

    def get_default_realms(self, client_key, request):
        return []

    def get_realms(self, token, request):
        return []

    def validate_redirect_uri(self, client_key, redirect_uri, request):
        return redirect_uri == "oob" or urlsplit(redirect_uri).scheme in ("http", "https")

    def save_request_token(self, token, request):
        self.temporary[token["oauth_token"]] = {
            "secret": token["oauth_token_secret"],
            "callback": request.redirect_uri,
            "verifier": None,
        }

    def authorize(self, token):
        self.temporary[token]["verifier"] = "verifier" + token[:20]
        return self.temporary[token]

    def validate_request_token(self, client_key, token, request):
        return token in self.temporary

    def get_request_token_secret(self, client_key, token, request):
        return self.temporary.get(token, {}).get("secret", "dummy")

    def validate_verifier(self, client_key, token, verifier, request):
        expected = self.temporary.get(token, {}).get("verifier")
        return expected is not None and verifier == expected

    def invalidate_request_token(self, client_key, request_token, request):
        self.temporary.pop(request_token, None)

    def save_access_token(self, token, request):
        self.access[token["oauth_token"]] = token["oauth_token_secret"]


def has_right_body_hash(request, body):
    said = request.oauth_params.get("oauth_body_hash")
    digest = request.signature_method.rpartition("-")[2].lower()
    return said is None or said == base64.b64encode(hashlib.new(digest, body).digest()).decode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    validator = Validator()

    def log_message(self, *arguments):
        pass

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = f"http://{self.headers['Host']}{self.path}"
        form = body.decode("latin-1")
        headers = dict(self.headers.items())
        path = urlsplit(self.path).path
        if path == "/authorize":
            agreed = self.validator.authorize(parse_qs(urlsplit(self.path).query)["oauth_token"][0])
            self.answer(200, json.dumps(agreed))
        elif path in ("/request-token", "/access-token"):
            if path == "/request-token":
                endpoint = RequestTokenEndpoint(self.validator).create_request_token_response
            else:
                endpoint = AccessTokenEndpoint(self.validator).create_access_token_response
            _, text, status = endpoint(url, self.command, form, headers)
            self.answer(status, text or "")
        else:
            endpoint = ResourceEndpoint(self.validator)
            valid, request = endpoint.validate_protected_resource_request(url, self.command, form, headers)
            if not valid or not has_right_body_hash(request, body):
                self.answer(401, "refused")
            else:
                received = {"target": self.path, "body": base64.b64encode(body).decode()}
                self.answer(200, json.dumps({**received, "hashed": "oauth_body_hash" in request.oauth_params}))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = handle_any

    def answer(self, status, text):
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ready = {
        "port": server.server_port,
        "consumer_key": CLIENT[0],
        "consumer_secret": CLIENT[1],
        "token": TOKEN[0],
        "token_secret": TOKEN[1],
    }
    print(json.dumps(ready), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
