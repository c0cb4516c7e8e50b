#!/usr/bin/env python3
"""A server that signs connections in by NTLM with pyspnego's acceptor, plain and with TLS, on free ports of 127.0.0.1.

Prints one JSON line when it is ready, {port, tls_port, proxy_port, ca (PEM)}, and runs until its stdin closes. DOM\\alice has the
password "s3cret", DOM\\Zo\u00eb "p\u00e4ss". A connection that has signed in stays so. What it does differs by the path's beginning:

  /negotiate   only Negotiate is offered
  /lower       the offer is spelled ntlm
  /both        Basic, Negotiate and NTLM are offered, in one header
  /basic       only Basic is offered
  /each        a connection is signed in for one request only
  /close       the connection is closed behind the challenge
  /mute        the first message is answered without a challenge
  /hostile/HEX the first message is answered with a challenge of these bytes
  /log         answers with the requests that have come so far: [[path, connection, message type or 0]]; needs no account

On TLS the channel bindings of the certificate must be in the third message. The proxy does the same with 407.
"""

import base64
import datetime
import hashlib
import json
import os
import ssl
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import spnego
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from spnego.channel_bindings import GssChannelBindings

LOG = []
LOCK = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bindings = None
    status, asks, answers = 401, "WWW-Authenticate", "Authorization"

    def setup(self):
        super().setup()
        self.context = None
        self.is_signed_in = False

    def log_message(self, *_):
        pass

    def kind(self):
        path = self.path.split("://", 1)[-1]
        return path[path.index("/") + 1 :].split("?")[0].split("/")

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.kind()
        if kind[0] == "log":
            return self.reply(200, json.dumps(LOG).encode())
        scheme, _, token = self.headers.get(self.answers, "").partition(" ")
        message = base64.b64decode(token) if token and scheme in ("NTLM", "Negotiate") else b""
        with LOCK:
            LOG.append([self.path, id(self), message[8] if message else 0])
        if message:
            return self.handshake(kind, scheme, message, body)
        if self.is_signed_in:
            self.is_signed_in = kind[0] != "each"
            return self.reply(200, b"hello again " + body)
        offers = {
            "negotiate": ["Negotiate"],
            "lower": ["ntlm"],
            "both": ['Basic realm="a, b", Negotiate, NTLM'],
            "basic": ['Basic realm="r"'],
        }
        self.refuse(offers.get(kind[0], ["NTLM"]))

    do_GET = do_POST = do_PUT = answer

    def handshake(self, kind, scheme, message, body):
        try:
            if message[8] == 1:
                self.context = spnego.server(protocol="ntlm")
                challenge = self.context.step(message)
                if kind[0] == "mute":
                    return self.refuse([scheme])
                if kind[0] == "hostile":
                    challenge = bytes.fromhex(kind[1])
                self.close_connection = kind[0] == "close"
                return self.refuse([f"{scheme} {base64.b64encode(challenge).decode()}"])
            self.context.step(message, channel_bindings=self.bindings)
        except Exception as error:
            self.context = None
            return self.refuse(["NTLM"], f"{type(error).__name__}: {error}".encode())
        self.is_signed_in = kind[0] != "each"
        self.reply(200, b"hello " + body)

    def refuse(self, offers, text=b"no"):
        self.reply(self.status, text, offers)

    def reply(self, status, text, offers=()):
        self.send_response(status)
        for offer in offers:
            self.send_header(self.asks, offer)
        self.send_header("Content-Length", str(len(text)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(text)


class Proxy(Handler):
    status, asks, answers = 407, "Proxy-Authenticate", "Proxy-Authorization"


def certificate(folder):
    """A self-signed certificate for 127.0.0.1, its key, and the bindings that belong to it (RFC 5929 section 4)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    import ipaddress

    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA384())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = os.path.join(folder, "server.pem")
    with open(path, "wb") as file:
        file.write(private + pem)
    digest = hashlib.sha384(made.public_bytes(serialization.Encoding.DER)).digest()
    return path, pem.decode(), GssChannelBindings(application_data=b"tls-server-end-point:" + digest)


def serve(handler, context=None):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NTLM_USER_FILE"] = os.path.join(folder, "users")
        with open(os.environ["NTLM_USER_FILE"], "w", encoding="utf-8") as file:
            file.write("DOM:alice:s3cret\nDOM:Zo\u00eb:p\u00e4ss\n")
        path, ca, bindings = certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        ready = {
            "port": serve(Handler),
            "tls_port": serve(type("Bound", (Handler,), {"bindings": bindings}), context),
            "proxy_port": serve(Proxy),
            "ca": ca,
        }
        print(json.dumps(ready), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
