#!/usr/bin/env python3
"""JSON Web Tokens as PyJWT signs and verifies them: the oracle of the differential tests in tests/jwt.

Reads one JSON object a line on stdin:
    token, algorithm
    key: the public key in PEM, or for HMAC the secret in base64
    private_key (PEM, or null): to sign with, where the algorithm gives one signature only (RS, EdDSA)
    audience, issuer (or null): what the claims are checked for
and answers each with one line on stdout:
    header (an object), payload (base64), claims (an object; null unless an audience was given)
    signature (base64url; null where there is more than one right one): PyJWT's own over the same signing input
or {"error": TEXT}: the token is refused. Everything of the signature is PyJWT's.

Where PyJWT wants its input in another form, it is handed over in that form:

  time         The tokens are made at a fixed time; exp and iat are compared by the test.

PyJWT differs from the specification in nothing that the tests' tokens have.
"""

import base64
import functools
import json
import sys
import warnings

import jwt
from jwt.algorithms import get_default_algorithms

ALGORITHMS = get_default_algorithms()
DETERMINISTIC = ("HS", "RS", "Ed")

# RFC 7518, 3.2 wants longer secrets than some of the tests' are; that is the user's to decide.
warnings.simplefilter("ignore")


@functools.lru_cache
def prepared(algorithm, key):
    """A key as PyJWT holds it; reading one takes longer than using it."""
    return ALGORITHMS[algorithm].prepare_key(key)


def answer(question):
    token, algorithm = question["token"], question["algorithm"]
    is_secret = algorithm.startswith("HS")
    key = base64.b64decode(question["key"]) if is_secret else prepared(algorithm, question["key"])
    decoded = jwt.api_jws.PyJWS().decode_complete(token, key, algorithms=[algorithm])
    claims = None
    if question.get("audience") is not None:
        options = {"verify_exp": False, "verify_iat": False, "require": ["iss", "sub", "aud", "jti", "iat", "exp"]}
        claims = jwt.decode(
            token, key, [algorithm], options, audience=question["audience"], issuer=question["issuer"]
        )
    signature = None
    if algorithm.startswith(DETERMINISTIC):
        own = key if is_secret else prepared(algorithm, question["private_key"])
        signed = ALGORITHMS[algorithm].sign(token.rpartition(".")[0].encode(), own)
        signature = base64.urlsafe_b64encode(signed).decode().rstrip("=")
    return {
        "header": decoded["header"],
        "payload": base64.b64encode(decoded["payload"]).decode(),
        "claims": claims,
        "signature": signature,
    }


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
