#!/usr/bin/env python3
"""Akamai EdgeGrid as Akamai's own Python client computes it: an oracle of the differential test in tests/sign/edgegrid.rs.

Reads one JSON object a line on stdin:
    method, url (with the host of the Host header), headers [[name, value]], body (base64), client_token, access_token,
    client_secret, headers_to_sign [name], max_body, timestamp, nonce
and answers each with one line on stdout:
    data (what is signed), authorization
or {"error": TEXT}.

Where it departs from the specification (Akamai's reference client for Java states the rules in its documentation: the first
of repeated headers, empty ones left out, an empty path signed as `/`) the test leaves the request out, by these names:

  repeated        It is handed a dictionary, so what it would do with repeated headers does not show.
  empty-header    A header to sign with an empty value is signed as `name:`.
  empty-path      An empty path is signed as nothing.
  bare-query      A `?` with nothing behind it is dropped: the path and query "as it appears in the HTTP request line".
  bare-semicolon  The same for a `;` at the end of the path.
  white-space     White space beyond ASCII is trimmed and collapsed.
"""

import base64
import json
import sys
from types import SimpleNamespace

from akamai.edgegrid.edgegrid import EdgeGridAuthHeaders
from requests.structures import CaseInsensitiveDict


def sign(line):
    signer = EdgeGridAuthHeaders(
        line["client_token"],
        line["client_secret"],
        line["access_token"],
        headers_to_sign=line["headers_to_sign"],
        max_body=line["max_body"],
    )
    noted = []
    make_data_to_sign = signer.make_data_to_sign
    signer.make_data_to_sign = lambda *arguments: noted.append(make_data_to_sign(*arguments)) or noted[-1]
    request = SimpleNamespace(
        method=line["method"],
        url=line["url"],
        headers=CaseInsensitiveDict(line["headers"]),
        body=base64.b64decode(line["body"]),
    )
    authorization = signer.make_auth_header(request, line["timestamp"], line["nonce"])
    return {"data": noted[0], "authorization": authorization}


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
