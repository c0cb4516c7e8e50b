#!/usr/bin/env python3
"""AWS credentials as botocore finds them: the oracle of the differential test in tests/sign/credentials.

Reads one JSON object a line on stdin:
    home (a folder), environment {name: value}, profile (a name, or null)
and answers each with one line on stdout:
    access_key, session_token (or null), region (or null)
access_key is null where botocore finds nothing; {"error": TEXT} where it finds something that does not work.
"""

import json
import os
import sys

import botocore.session

KEPT = {"PATH": os.environ.get("PATH", ""), "AWS_EC2_METADATA_DISABLED": "true"}


def found(question):
    os.environ.clear()
    os.environ.update(KEPT, HOME=question["home"], **question["environment"])
    os.chdir(question["home"])
    session = botocore.session.Session(profile=question["profile"])
    credentials = session.get_credentials()
    region = session.get_config_variable("region")
    if credentials is None:
        return {"access_key": None, "session_token": None, "region": region}
    frozen = credentials.get_frozen_credentials()
    return {"access_key": frozen.access_key, "session_token": frozen.token, "region": region}


def main():
    for line in sys.stdin:
        try:
            answer = found(json.loads(line))
        except Exception as error:  # every kind of trouble is an answer
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
