#!/usr/bin/env python3
"""Digest responses of others, for the differential tests in tests/digest.

Reads one JSON object a line on stdin and answers each with one line on stdout:

    peer        formula | aiohttp
    algorithm, qop ("" for none), username, password, realm, nonce, opaque, method, url, target, body (base64)
    nc, cnonce  for the formula; aiohttp makes its own

    {response, nc, cnonce}

formula: RFC 7616 section 3.4.1 to 3.4.3 written down with hashlib, nothing else.
aiohttp: its client's middleware, which knows no SHA-512-256.
"""

import asyncio
import base64
import hashlib
import json
import re
import sys

from aiohttp.client_middleware_digest_auth import DigestAuthMiddleware
from aiohttp.payload import BytesPayload
from yarl import URL

HASHES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}


def formula(q):
    name = q["algorithm"].removesuffix("-sess")

    def h(data):
        return hashlib.new(HASHES[name], data).hexdigest().encode()

    def kd(secret, data):
        return h(secret + b":" + data)

    text = {key: value.encode() for key, value in q.items()}
    a1 = text["username"] + b":" + text["realm"] + b":" + text["password"]
    if q["algorithm"].endswith("-sess"):
        a1 = h(a1) + b":" + text["nonce"] + b":" + text["cnonce"]
    a2 = text["method"] + b":" + text["target"]
    if q["qop"] == "auth-int":
        a2 += b":" + h(base64.b64decode(q["body"]))
    if q["qop"]:
        data = b":".join([text["nonce"], text["nc"], text["cnonce"], text["qop"], h(a2)])
    else:
        data = text["nonce"] + b":" + h(a2)
    return {"response": kd(h(a1), data).decode(), "nc": q["nc"], "cnonce": q["cnonce"]}


def of_aiohttp(q):
    middleware = DigestAuthMiddleware(q["username"], q["password"])
    middleware._challenge = {key: q[key] for key in ("realm", "nonce", "opaque", "qop", "algorithm")}
    body = base64.b64decode(q["body"])
    payload = BytesPayload(body) if body else b""
    header = asyncio.run(middleware._encode(q["method"], URL(q["url"], encoded=True), payload))
    fields = dict(re.findall(r'(\w+)="?([0-9a-f]+)"?(?:, |$)', header))
    return {"response": fields["response"], "nc": fields.get("nc", "00000001"), "cnonce": fields.get("cnonce", "c")}


PEERS = {"formula": formula, "aiohttp": of_aiohttp}

for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps(PEERS[question.pop("peer")](question)), flush=True)
