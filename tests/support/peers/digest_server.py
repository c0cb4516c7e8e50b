#!/usr/bin/env python3
"""A server that verifies digest authentication by the letter of RFC 7616, on a free port of 127.0.0.1.

Prints one JSON line when it is ready, {port}, and runs until its stdin closes. alice has the password "secret", and
"J\u00e4s\u00f8n Doe" has "Secret, or not?". The first folder of a path names a protection space of its own and says what it is
like, `/KEY=VALUE,KEY=VALUE/...`:

  alg=A+B      a challenge for each of these algorithms; MD5 if nothing is said, in the way of before RFC 2617 without a word
  qop=A+B      the qualities of protection (default auth); `none` as RFC 2069 has it
  one          all challenges stand in one header, behind one for Basic
  sloppy       names in capitals, values without quotes
  userhash, charset   as the RFC has them; names are then expected hashed, or in username*
  uses=N       a nonce is good for N requests, after that it is stale
  silent       ... which is not said
  stale        every nonce is always stale
  next         each answer names the next nonce, and only that is good
  proof=right|wrong   rspauth comes with the answer
  strict       counts come one after the other
  domain       the challenge names its folder as domain
  forbidden    403 instead of 401

What else stands there tells spaces apart. Nothing is forgiven: parameters quoted that must not be and the other way round,
something missing, a count that was there before, a realm, nonce, opaque or algorithm that was not offered.

  /log/FOLDER  what came to that folder so far: [[method, target, status, reason, count]], reason "" for what was accepted
"""

import hashlib
import hmac
import json
import re
import secrets
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote_to_bytes

HASHES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}
USERS = {"alice": "secret", "J\u00e4s\u00f8n Doe": "Secret, or not?"}
QUOTED = {"username", "realm", "nonce", "uri", "response", "cnonce", "opaque"}
BARE = {"username*", "algorithm", "qop", "nc", "userhash"}
PARAMETER = re.compile(r'([!#$%&\'*+\-.^_`|~0-9A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([!#$%&\'*+\-.^_`|~0-9A-Za-z]+))(?:, *|$)')
LOCK = threading.Lock()
SPACES = {}
BODY = b"accepted\n"


class Refused(Exception):
    pass


def h(algorithm, data):
    return hashlib.new(HASHES[algorithm.removesuffix("-sess")], data).hexdigest().encode()


class Space:
    def __init__(self, folder):
        self.folder = folder
        words = [word.partition("=") for word in folder.split(",")]
        self.settings = {key: value.split("+") for key, _, value in words}
        self.realm = f'space \\ "{folder}"'
        self.opaque = secrets.token_hex(8)
        self.algorithms = self.settings.get("alg", [None])
        self.qops = [] if self.settings.get("qop") == ["none"] else self.settings.get("qop", ["auth"])
        self.nonces = {}  # nonce -> {algorithm, counts, key of the session}
        self.log = []

    def has(self, name):
        return name in self.settings

    def new_nonce(self, algorithm):
        nonce = secrets.token_urlsafe(12) + "=="
        self.nonces[nonce] = {"algorithm": algorithm, "counts": [], "session": None}
        return nonce

    def challenges(self, stale):
        """The values of the headers that ask."""
        values = []
        for algorithm in self.algorithms:
            pairs = [("realm", self.realm), ("nonce", self.new_nonce(algorithm)), ("opaque", self.opaque)]
            bare = []
            if self.qops:
                pairs.append(("qop", ",".join(self.qops)))
            if algorithm:
                bare.append(("algorithm", algorithm))
            if self.has("domain"):
                pairs.append(("domain", f"/{self.folder}/"))
            bare += [(name, value) for name, value in (("userhash", "true"), ("charset", "UTF-8")) if self.has(name)]
            if stale and not self.has("silent"):
                bare.append(("stale", "true"))
            values.append(self.written(pairs, bare))
        if self.has("one"):
            return ['Basic realm="first, Digest nonce=1", ' + ", ".join(values)]
        return values

    def written(self, pairs, bare):
        escape = re.compile(r'(["\\])')
        if self.has("sloppy"):
            self.realm = "My Realm"
            pairs = [(name, self.realm if name == "realm" else value) for name, value in pairs]
            return "DIGEST " + " ,".join(f"{name.upper()} = {value}" for name, value in pairs + bare)
        quoted = [f'{name}="' + escape.sub(r"\\\1", value) + '"' for name, value in pairs]
        return "Digest " + ", ".join(quoted + [f"{name}={value}" for name, value in bare])


def parse(header):
    scheme, _, rest = header.partition(" ")
    if scheme != "Digest":
        raise Refused("not digest")
    fields, at = {}, 0
    while at < len(rest):
        match = PARAMETER.match(rest, at)
        if not match:
            raise Refused(f"syntax at {at}")
        name, quoted, bare = match.groups()
        if name in fields:
            raise Refused(f"{name} twice")
        if name not in (BARE if quoted is None else QUOTED):
            raise Refused(f"{name} is quoted wrongly or unknown")
        fields[name] = bare if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        at = match.end()
    return fields


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer goes out in one piece.
    wbufsize = -1
    disable_nagle_algorithm = True

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.handle_request
        raise AttributeError(name)

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        folder = self.path.split("?")[0].split("/")[1]
        with LOCK:
            if folder == "log":
                space = SPACES.get(self.path.split("/", 2)[2])
                return self.send(200, [], json.dumps(space.log if space else []).encode())
            space = SPACES.setdefault(folder, Space(folder))
            count, headers = "", []
            try:
                count, headers = self.check(space, body)
                status, reason = 200, ""
            except Refused as refused:
                reason = str(refused)
                status = 403 if space.has("forbidden") and reason == "bare" else 401
                headers = [("WWW-Authenticate", value) for value in space.challenges(reason == "stale")]
            space.log.append([self.command, self.path, status, reason, count])
        self.send(status, headers, BODY if status == 200 else f"{reason}\n".encode())

    def send(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def check(self, space, body):
        """The count, and the headers of the answer."""
        headers = self.headers.get_all("Authorization") or []
        if not headers:
            raise Refused("bare")
        if len(headers) > 1:
            raise Refused("two headers")
        fields = parse(headers[0].encode("latin-1").decode())
        for name in ("realm", "nonce", "uri", "response", "opaque"):
            if name not in fields:
                raise Refused(f"no {name}")
        nonce = space.nonces.get(fields["nonce"])
        if nonce is None:
            raise Refused("unknown nonce" if not space.has("next") else "stale")
        for name, value in (("realm", space.realm), ("opaque", space.opaque), ("uri", self.path)):
            if fields[name] != value:
                raise Refused(f"{name} is {fields[name]}")
        if fields.get("algorithm") != nonce["algorithm"]:
            raise Refused("another algorithm")
        count = self.check_count(space, nonce, fields)
        algorithm = nonce["algorithm"] or "MD5"
        name = self.user(space, algorithm, fields)
        a1 = self.session_key(nonce, algorithm, name, fields)
        response = self.response(algorithm, a1, self.command.encode(), body, fields, fields.get("qop"))
        if not hmac.compare_digest(response, fields["response"].encode()):
            raise Refused("response")
        nonce["counts"].append(count)
        if space.has("stale") or len(nonce["counts"]) > int(space.settings.get("uses", ["1000000"])[0]):
            raise Refused("stale")
        return count, self.information(space, nonce, algorithm, a1, fields)

    def check_count(self, space, nonce, fields):
        qop, count = fields.get("qop"), fields.get("nc", "")
        if not space.qops:
            if qop or count or "cnonce" in fields:
                raise Refused("qop, nc or cnonce though none was offered")
            return ""
        if qop not in space.qops:
            raise Refused(f"qop {qop}")
        if not fields.get("cnonce"):
            raise Refused("no cnonce")
        if not re.fullmatch("[0-9a-f]{8}", count) or int(count, 16) == 0:
            raise Refused(f"nc is {count}")
        if count in nonce["counts"]:
            raise Refused(f"nc {count} again")
        if space.has("strict") and int(count, 16) != len(nonce["counts"]) + 1:
            raise Refused(f"nc is {count} after {len(nonce['counts'])}")
        return count

    def user(self, space, algorithm, fields):
        if space.has("userhash"):
            if fields.get("userhash") != "true":
                raise Refused("no userhash")
            hashed = {h(algorithm, f"{name}:{space.realm}".encode()).decode(): name for name in USERS}
            name = hashed.get(fields.get("username"))
        elif "username*" in fields:
            charset, _, text = fields["username*"].split("'")
            if not space.has("charset") or charset != "UTF-8" or "username" in fields:
                raise Refused("username* out of place")
            name = unquote_to_bytes(text).decode()
        else:
            name = fields.get("username")
        if name not in USERS:
            raise Refused("user")
        return name

    def session_key(self, nonce, algorithm, name, fields):
        """H(A1): of a session, made once, with the first client nonce (RFC 7616 section 3.4.2)."""
        space = fields["realm"]
        a1 = h(algorithm, f"{name}:{space}:{USERS[name]}".encode())
        if not algorithm.endswith("-sess"):
            return a1
        if nonce["session"] is None:
            nonce["session"] = fields["cnonce"]
        return h(algorithm, a1 + f":{fields['nonce']}:{nonce['session']}".encode())

    def response(self, algorithm, a1, method, body, fields, qop):
        a2 = method + b":" + fields["uri"].encode("latin-1")
        if qop == "auth-int":
            a2 += b":" + h(algorithm, body)
        middle = [fields["nc"], fields["cnonce"], qop] if qop else []
        middle = ":".join([fields["nonce"], *middle]).encode()
        return h(algorithm, a1 + b":" + middle + b":" + h(algorithm, a2))

    def information(self, space, nonce, algorithm, a1, fields):
        parts = []
        if space.has("next"):
            space.nonces.clear()
            parts.append(f'nextnonce="{space.new_nonce(nonce["algorithm"])}"')
        if space.has("proof"):
            body = BODY if self.command != "HEAD" else b""
            proof = self.response(algorithm, a1, b"", body, fields, fields.get("qop")).decode()
            if space.settings["proof"] == ["wrong"]:
                proof = proof[::-1]
            parts.append(f'rspauth="{proof}"')
            if fields.get("qop"):
                parts += [f"qop={fields['qop']}", f"nc={fields['nc']}", f'cnonce="{fields["cnonce"]}"']
        return [("Authentication-Info", ", ".join(parts))] if parts else []

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps({"port": server.server_port}), flush=True)
sys.stdin.read()
