#!/usr/bin/env python3
"""NTLM as pyspnego does it: reads our messages, and accepts or refuses them (tests/sign/ntlm.rs).

Reads one JSON object a line on stdin, answers each at once with one line on stdout:
    {"accounts": [[domain, user, password]]}                  -> {}      who may sign in
    {"negotiate": BASE64}                                     -> {"challenge": BASE64, "flags", "version"}
    {"authenticate": BASE64, "bindings": HEX or null}         -> {"accepted": true or why not, "user", "domain", "workstation",
                                                                  "flags", "version", "lm_response": HEX, "session_key": HEX,
                                                                  "has_mic", "target_name", "packed": whether it would pack it so too}
`bindings` is the application data of the acceptor's channel bindings. An authenticate message belongs to the challenge before it.

Where it departs from the specification (MS-NLMP) the test leaves the account out, by this name:

  upper-case  It upper-cases user names as Python does (ß to SS, ı to I). Windows maps character by character
              (MS-UCODEREF section 3.1.5.3).
"""

import base64
import json
import os
import sys
import tempfile

import spnego
from spnego._ntlm_raw.messages import Authenticate, AvFlags, AvId, Negotiate, NTClientChallengeV2
from spnego.channel_bindings import GssChannelBindings


class Peer:
    def __init__(self, folder):
        self.users = os.path.join(folder, "users")
        os.environ["NTLM_USER_FILE"] = self.users
        self.server = None

    def accounts(self, line):
        with open(self.users, "w", encoding="utf-8") as file:
            file.writelines(":".join(account) + "\n" for account in line["accounts"])
        return {}

    def negotiate(self, line):
        token = base64.b64decode(line["negotiate"])
        read = Negotiate.unpack(token)
        self.server = spnego.server(protocol="ntlm")
        challenge = self.server.step(token)
        return {"challenge": base64.b64encode(challenge).decode(), "flags": int(read.flags), "version": str(read.version)}

    def authenticate(self, line):
        token = base64.b64decode(line["authenticate"])
        read = Authenticate.unpack(token)
        response = NTClientChallengeV2.unpack(read.nt_challenge_response[16:])
        pairs = response.av_pairs
        answer = {
            "user": read.user_name,
            "domain": read.domain_name,
            "workstation": read.workstation,
            "flags": int(read.flags),
            "version": str(read.version),
            "lm_response": read.lm_challenge_response.hex(),
            "session_key": (read.encrypted_random_session_key or b"").hex(),
            "has_mic": bool(pairs.get(AvId.flags, 0) & AvFlags.mic),
            "target_name": pairs.get(AvId.target_name),
            "packed": read.pack() == token,
        }
        bindings = line["bindings"] and GssChannelBindings(application_data=bytes.fromhex(line["bindings"]))
        try:
            self.server.step(token, channel_bindings=bindings or None)
            answer["accepted"] = self.server.complete
        except Exception as error:
            answer["accepted"] = f"{type(error).__name__}: {error}"
        return answer

    def answer(self, line):
        for kind in ("accounts", "negotiate", "authenticate"):
            if kind in line:
                return getattr(self, kind)(line)
        raise ValueError("which message?")


def main():
    with tempfile.TemporaryDirectory() as folder:
        peer = Peer(folder)
        for line in sys.stdin.buffer:
            try:
                answer = peer.answer(json.loads(line))
            except Exception as error:  # whatever it is, the test has to see it at the line it belongs to
                answer = {"error": f"{type(error).__name__}: {error}"}
            sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
