#!/usr/bin/env python3
"""Hawk as mohawk computes it: an oracle of the differential test in tests/sign/hawk.rs.

Reads one JSON object a line on stdin:
    kind "header" | "bewit", id, key, algorithm, method, url (with the host of the Host header), ts, nonce, ext, app, dlg,
    payload (base64, or null to leave it out of the signature), content_type; for a bewit: exp
and answers each with one line on stdout:
    normalized, attributes {name: value}; for a bewit: normalized, bewit
or {"error": TEXT}.

Where mohawk departs from the specification (the README of mozilla/hawk) the test leaves the request out, by these names:

  ext-escape   mohawk takes no `"` or `\\` in ext, and escapes neither `\\` nor a newline in the normalized string. The
               reference implementation does: "ext" is escaped there.
  ipv6         mohawk signs an IPv6 address without its brackets. "host": the host name of the Host header.
  semicolon    urlparse takes `;x` of the last path segment away. "resource": the request URI's path and query.
  bare-query   A `?` with nothing behind it is dropped. Same section.
  empty-path   An empty path is signed as nothing; what goes out is `/` (RFC 9112, 3.2.1).
  bare-dlg     dlg without app goes into the header unsigned. dlg belongs to app ("Delegated by", which Oz defines with app).
"""

import base64
import json
import sys

from mohawk import Sender
from mohawk.base import EmptyValue, Resource
from mohawk.bewit import get_bewit
from mohawk.util import normalize_string, parse_authorization_header


def credentials(line):
    return {"id": line["id"], "key": line["key"].encode(), "algorithm": line["algorithm"]}


def header(line):
    is_hashed = line["payload"] is not None
    sender = Sender(
        credentials(line),
        line["url"],
        line["method"],
        content=base64.b64decode(line["payload"]) if is_hashed else EmptyValue,
        content_type=line["content_type"] if is_hashed else EmptyValue,
        always_hash_content=is_hashed,
        nonce=line["nonce"],
        ext=line["ext"] or None,
        app=line["app"] or None,
        dlg=line["dlg"] or None,
        _timestamp=line["ts"],
    )
    resource = sender.req_resource
    return {
        "normalized": normalize_string("header", resource, resource.content_hash),
        "attributes": parse_authorization_header(sender.request_header),
    }


def bewit(line):
    common = {"credentials": credentials(line), "url": line["url"], "ext": line["ext"] or None}
    resource = Resource(method="GET", nonce="", timestamp=line["exp"], **common)
    # It writes padding and expects it; the specification's base64url has none, and the reference implementation's neither.
    return {"normalized": normalize_string("bewit", resource, None), "bewit": get_bewit(resource).rstrip("=")}


def main():
    for line in sys.stdin.buffer:
        try:
            question = json.loads(line)
            answer = header(question) if question["kind"] == "header" else bewit(question)
        except Exception as error:  # whatever it is, the test has to see it at the line it belongs to
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
