#!/usr/bin/env python3
"""What `sign aws` does, by botocore: request lines in, signed request lines out. Prints seconds of processor time on
stderr, start-up left out.

    aws_botocore.py FILE LINES
"""

import json
import sys
import time

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def main():
    path, count = sys.argv[1], int(sys.argv[2])
    credentials = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    with open(path, encoding="utf-8") as lines:
        start = time.process_time()
        for line, _ in zip(lines, range(count)):
            request = json.loads(line)
            signed = AWSRequest(
                method=request["method"],
                url=request["url"],
                headers={header["name"]: header["value"] for header in request["headers"]},
                data=request["postData"]["text"].encode(),
            )
            SigV4Auth(credentials, "execute-api", "us-east-1").add_auth(signed)
            request["headers"] = [{"name": name, "value": value} for name, value in signed.headers.items()]
            sys.stdout.write(json.dumps(request) + "\n")
        print(time.process_time() - start, file=sys.stderr)


if __name__ == "__main__":
    main()
