#!/usr/bin/env python3
"""Apache with mod_auth_gssapi and gss-ntlmssp, on a free port of 127.0.0.1.

Prints one JSON line when it is ready, {port}, and runs until its stdin closes. DOM\\alice has the password "s3cret".
"""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time

from ntlm_squid import free_ports, is_open, write

APACHE = """
ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
{user}
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so
LoadModule auth_gssapi_module /usr/lib/apache2/modules/mod_auth_gssapi.so
KeepAlive On
DocumentRoot {folder}/site
<Directory {folder}/site>
    AuthType GSSAPI
    AuthName test
    GssapiAllowedMech ntlmssp
    GssapiConnectionBound On
    Require valid-user
</Directory>
"""


def start(folder):
    for _ in range(5):
        (port,) = free_ports(1)
        user = "User www-data\nGroup www-data" if os.getuid() == 0 else ""
        write(f"{folder}/apache.conf", APACHE.format(folder=folder, port=port, user=user))
        command = ["apache2", "-f", f"{folder}/apache.conf", "-D", "FOREGROUND"]
        apache = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while apache.poll() is None and time.monotonic() < until:
            if is_open(port):
                return apache, {"port": port}
            time.sleep(0.05)
        apache.kill()
        apache.wait()
    with open(f"{folder}/error.log", encoding="utf-8", errors="replace") as log:
        raise SystemExit("apache2 does not start: " + log.read()[-2000:])


def main():
    os.environ["PATH"] += ":/usr/sbin"
    folder = tempfile.mkdtemp(dir="/tmp")
    os.environ["NTLM_USER_FILE"] = f"{folder}/users"
    os.makedirs(f"{folder}/site")
    write(f"{folder}/users", "DOM:alice:s3cret\n")
    write(f"{folder}/site/index.txt", "hello\n")
    if os.getuid() == 0:
        user = pwd.getpwnam("www-data")
        for path in (folder, f"{folder}/users"):
            os.chown(path, user.pw_uid, user.pw_gid)
    apache, ready = start(folder)
    try:
        print(json.dumps(ready), flush=True)
        sys.stdin.read()
    finally:
        apache.terminate()
        apache.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
