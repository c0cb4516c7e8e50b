#!/usr/bin/env python3
"""An authorization server by Authlib, on a free port of 127.0.0.1: the grants that oidc-provider has not, and OAuth 1.0a.

Prints {"url"} when it is ready, and runs until its stdin closes. The only user is alice, "correct horse". Clients:
    public          no secret; code, password, implicit, device; PKCE is required
    confidential    secret "s3cret"; code, password, client credentials
    assertion       JWT assertions by the RSA key in tests/vectors/keys
OAuth 1.0a: client "app", secret "app-secret", or the same RSA key.

    /token /revoke /device_authorization    and  /authorize, which asks the person: a form allows, a link denies
    /verify?user_code=                      the same for a device
    /oauth1/request /oauth1/authorize /oauth1/token
    /polls                                  seconds between what the last device asked, as a JSON list
"""

import json
import os
import pathlib
import secrets
import sys
import threading
import time

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.integrations import flask_oauth1, flask_oauth2
from authlib.oauth1.rfc5849 import ClientMixin as OAuth1Client
from authlib.oauth1.rfc5849 import TemporaryCredential
from authlib.oauth1.rfc5849.errors import OAuth1Error
from authlib.oauth2 import OAuth2Error, rfc6749, rfc7009, rfc7523, rfc7636, rfc8628
from authlib.oauth2.rfc6749 import grants
from flask import Flask, redirect, request
from joserfc import jwk
from werkzeug.serving import WSGIRequestHandler, make_server

PUBLIC_KEY = (pathlib.Path(__file__).resolve().parents[2] / "vectors" / "keys" / "rsa.pub.pem").read_text()
ALICE = "alice"

app = Flask(__name__)
app.config.update(
    OAUTH2_REFRESH_TOKEN_GENERATOR=True,
    OAUTH1_SUPPORTED_SIGNATURE_METHODS=["HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"],
)


class Client(rfc6749.ClientMixin):
    def __init__(self, name, secret, *grant_types, method=None):
        self.name, self.secret, self.grant_types = name, secret, grant_types
        self.method = method or ("client_secret_basic" if secret else "none")

    def get_client_id(self):
        return self.name

    def get_allowed_scope(self, scope):
        return " ".join(one for one in (scope or "").split() if one in ("read", "write"))

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri.split(":")[1] in ("//127.0.0.1", "//localhost", "//[")

    def check_client_secret(self, client_secret):
        return secrets.compare_digest(client_secret, self.secret)

    def check_endpoint_auth_method(self, method, endpoint):
        return method == self.method

    def check_response_type(self, response_type):
        return response_type in ("code", "token")

    def check_grant_type(self, grant_type):
        return grant_type in self.grant_types


DEVICE = rfc8628.DeviceCodeGrant.GRANT_TYPE
JWT_BEARER = rfc7523.JWTBearerGrant.GRANT_TYPE
CLIENTS = {
    client.name: client
    for client in (
        Client("public", None, "authorization_code", "implicit", "password", "refresh_token", DEVICE),
        Client("confidential", "s3cret", "authorization_code", "password", "client_credentials", "refresh_token"),
        Client("assertion", None, JWT_BEARER, "client_credentials", method="private_key_jwt"),
    )
}


class Token(rfc6749.TokenMixin):
    def __init__(self, client_id, answer):
        self.client_id, self.answer = client_id, answer

    def check_client(self, client):
        return self.client_id == client.name

    def get_scope(self):
        return self.answer.get("scope", "")

    def get_expires_in(self):
        return self.answer["expires_in"]

    def is_expired(self):
        return False

    def is_revoked(self):
        return False

    def get_user(self):
        return ALICE

    def get_client(self):
        return CLIENTS[self.client_id]


ACCESS, REFRESH, CODES, PENDING, DEVICES = {}, {}, {}, {}, {}
POLLS = []


def save_token(answer, asked):
    token = Token(asked.client.name, answer)
    ACCESS[answer["access_token"]] = token
    if "refresh_token" in answer:
        REFRESH[answer["refresh_token"]] = token


class Code(rfc6749.AuthorizationCodeMixin):
    def __init__(self, code, asked):
        self.code, self.client_id = code, asked.client.name
        payload = asked.payload
        self.redirect_uri, self.scope = payload.redirect_uri, payload.scope
        self.code_challenge = payload.data.get("code_challenge")
        self.code_challenge_method = payload.data.get("code_challenge_method")

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope


class AuthorizationCode(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "none"]

    def save_authorization_code(self, code, request):
        CODES[code] = Code(code, request)

    def query_authorization_code(self, code, client):
        found = CODES.get(code)
        return found if found and found.client_id == client.name else None

    def delete_authorization_code(self, authorization_code):
        del CODES[authorization_code.code]

    def authenticate_user(self, authorization_code):
        return ALICE


class Password(grants.ResourceOwnerPasswordCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "none"]

    def authenticate_user(self, username, password):
        return ALICE if (username, password) == (ALICE, "correct horse") else None


class Refresh(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "none"]
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token):
        return REFRESH.get(refresh_token)

    def authenticate_user(self, refresh_token):
        return ALICE

    def revoke_old_credential(self, refresh_token):
        REFRESH.pop(refresh_token.answer["refresh_token"], None)


class ClientCredentials(grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "private_key_jwt"]


class JwtBearer(rfc7523.JWTBearerGrant):
    def get_audiences(self):
        return [f"{app.config['URL']}/token"]

    def resolve_issuer_client(self, issuer):
        return CLIENTS.get(issuer)

    def resolve_client_public_key(self, client):
        return jwk.import_key(PUBLIC_KEY, "RSA")

    def authenticate_user(self, subject):
        return ALICE if subject == ALICE else None

    def has_granted_permission(self, client, user):
        return True


class Assertion(rfc7523.JWTBearerClientAssertion):
    CLIENT_AUTH_METHOD = "private_key_jwt"
    seen = set()

    def get_audiences(self):
        return [f"{app.config['URL']}/token"]

    def validate_jti(self, claims, jti):
        is_new = jti not in self.seen
        self.seen.add(jti)
        return is_new

    def resolve_client_public_key(self, client):
        return jwk.import_key(PUBLIC_KEY, "RSA")


class Device(rfc8628.DeviceAuthorizationEndpoint):
    INTERVAL = 1
    CLIENT_AUTH_METHODS = ["none"]

    def get_verification_uri(self):
        return f"{app.config['URL']}/verify"

    def save_device_credential(self, client_id, scope, data):
        credential = rfc8628.DeviceCredentialDict(client_id=client_id, scope=scope, **data)
        credential["expires_at"] = time.time() + data["expires_in"]
        DEVICES[data["device_code"]] = {"credential": credential, "said": None}
        POLLS[:] = [time.monotonic()]


class DeviceCode(rfc8628.DeviceCodeGrant):
    def query_device_credential(self, device_code):
        POLLS.append(time.monotonic())
        found = DEVICES.get(device_code)
        return found and found["credential"]

    def query_user_grant(self, user_code):
        said = next(d["said"] for d in DEVICES.values() if d["credential"]["user_code"] == user_code)
        # A yes always comes too late for the first question.
        return None if said is None or (said and len(POLLS) == 2) else (ALICE, said)

    def should_slow_down(self, credential):
        return len(POLLS) == 2


class Revocation(rfc7009.RevocationEndpoint):
    CLIENT_AUTH_METHODS = ["client_secret_basic", "none"]

    def query_token(self, token_string, token_type_hint):
        kept = {"access_token": ACCESS, "refresh_token": REFRESH}
        return kept[token_type_hint].get(token_string)

    def revoke_token(self, token, request):
        ACCESS.pop(token.answer["access_token"], None)
        REFRESH.pop(token.answer.get("refresh_token"), None)


server = flask_oauth2.AuthorizationServer(app, CLIENTS.get, save_token)
server.register_grant(AuthorizationCode, [rfc7636.CodeChallenge(required=True)])
for grant in (Password, Refresh, ClientCredentials, JwtBearer, DeviceCode, grants.ImplicitGrant):
    server.register_grant(grant)
server.register_endpoint(Revocation)
server.register_endpoint(Device)
server.register_client_auth_method(Assertion.CLIENT_AUTH_METHOD, Assertion())


def page(allow, deny):
    return f'<form method="post" action="{allow}"><button type="submit">Allow</button></form><a href="{deny}">Deny</a>'


@app.get("/authorize")
def ask():
    try:
        server.get_consent_grant(end_user=ALICE)
    except OAuth2Error as error:
        return server.handle_error_response(server.create_oauth2_request(None), error)
    number = secrets.token_hex(8)
    PENDING[number] = request.full_path
    return page(request.full_path.replace("&", "&amp;"), f"/deny/{number}/abort")


@app.post("/authorize")
def allow():
    return server.create_authorization_response(grant_user=ALICE)


@app.get("/deny/<number>/abort")
def deny(number):
    with app.test_request_context(PENDING.pop(number)):
        return server.create_authorization_response(grant_user=None)


@app.post("/token")
def token():
    return server.create_token_response()


@app.post("/revoke")
def revoke():
    return server.create_endpoint_response(Revocation.ENDPOINT_NAME)


@app.post("/device_authorization")
def device_authorization():
    return server.create_endpoint_response(Device.ENDPOINT_NAME)


def answer_device(user_code, said):
    for device in DEVICES.values():
        if device["credential"]["user_code"] == user_code:
            device["said"] = said
    return "<title>Sign-in Success</title>"


@app.get("/verify")
def verify():
    code = request.args["user_code"]
    return page(f"/verify?user_code={code}", f"/verify/{code}/abort")


@app.post("/verify")
def verify_allow():
    return answer_device(request.args["user_code"], True)


@app.get("/verify/<code>/abort")
def verify_deny(code):
    return answer_device(code, False)


@app.get("/polls")
def polls():
    return json.dumps([later - sooner for sooner, later in zip(POLLS, POLLS[1:])])


class App(OAuth1Client):
    def get_default_redirect_uri(self):
        return "http://127.0.0.1/"

    def get_client_secret(self):
        return "app-secret"

    def get_rsa_public_key(self):
        return PUBLIC_KEY


TEMPORARY = {}
oauth1 = flask_oauth1.AuthorizationServer(app, query_client=lambda name: App() if name == "app" else None)


def temporary(token, client_id, redirect_uri):
    made = TemporaryCredential(client_id=client_id, oauth_callback=redirect_uri, **token)
    TEMPORARY[token["oauth_token"]] = made
    return made


class TokenCredential(TemporaryCredential):
    pass


def verifier(credential, user, text):
    credential["oauth_verifier"] = text
    return credential


NONCES = set()


def is_old(nonce, timestamp, client_id, oauth_token):
    used = (nonce, timestamp, client_id, oauth_token)
    was_there = used in NONCES
    NONCES.add(used)
    return was_there


oauth1.register_hook("exists_nonce", is_old)
oauth1.register_hook("create_temporary_credential", temporary)
oauth1.register_hook("get_temporary_credential", TEMPORARY.get)
oauth1.register_hook("delete_temporary_credential", lambda name: TEMPORARY.pop(name, None))
oauth1.register_hook("create_authorization_verifier", verifier)
oauth1.register_hook("create_token_credential", lambda token, credential: TokenCredential(**token))


@app.post("/oauth1/request")
def oauth1_request():
    return oauth1.create_temporary_credentials_response()


@app.get("/oauth1/authorize")
def oauth1_ask():
    try:
        oauth1.check_authorization_request()
    except OAuth1Error as error:
        return str(error), 400
    name = request.args["oauth_token"]
    return page(f"/oauth1/authorize?oauth_token={name}", f"/oauth1/{name}/abort")


@app.post("/oauth1/authorize")
def oauth1_allow():
    return oauth1.create_authorization_response(grant_user=ALICE)


@app.get("/oauth1/<name>/abort")
def oauth1_deny(name):
    with app.test_request_context(f"/oauth1/authorize?oauth_token={name}"):
        return oauth1.create_authorization_response(grant_user=None)


@app.post("/oauth1/token")
def oauth1_token():
    return oauth1.create_token_response()


class Quiet(WSGIRequestHandler):
    def log(self, *arguments):
        pass


def main():
    serving = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    app.config["URL"] = f"http://127.0.0.1:{serving.server_port}"
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    print(json.dumps({"url": app.config["URL"]}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
