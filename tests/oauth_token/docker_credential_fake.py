#!/usr/bin/env python3
"""A credential helper: https://github.com/docker/docker-credential-helpers, README, "Development"."""

import json
import os
import pathlib
import sys

folder = pathlib.Path(os.environ["FAKE"])
kept_file = folder / "kept.json"
kept = json.loads(kept_file.read_text()) if kept_file.exists() else {}
with (folder / "log").open("a") as log:
    log.write(" ".join(sys.argv[1:]) + "\n")
action, text = sys.argv[1], sys.stdin.read()
if os.environ.get("BROKEN"):
    print("error: locked keychain")
    sys.exit(1)
if action == "store":
    credentials = json.loads(text)
    kept[credentials["ServerURL"]] = credentials
elif action == "get":
    found = kept.get(text.strip())
    if found is None:
        print("credentials not found in native keychain")
        sys.exit(1)
    print(json.dumps(found))
elif action == "erase":
    if kept.pop(text.strip(), None) is None:
        print("credentials not found in native keychain")
        sys.exit(1)
elif action == "list":
    print(json.dumps({url: credentials["Username"] for url, credentials in kept.items()}))
if action in ("store", "erase"):
    draft = folder / f"draft-{os.getpid()}"
    draft.write_text(json.dumps(kept))
    draft.replace(kept_file)
