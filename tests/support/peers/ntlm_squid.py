#!/usr/bin/env python3
"""squid with Samba's ntlm_auth, as a reverse proxy (401) and as a forward proxy (407), on free ports of 127.0.0.1.

Prints one JSON line when it is ready, {port, proxy_port}, and runs until its stdin closes. The password is "s3cret" for whoever
signs in to the domain DOM: ntlm_auth, without a domain controller, looks at nothing else. Behind both is a server that answers with
method, path and body.
"""

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SQUID = """
http_port 127.0.0.1:{proxy_port}
http_port 127.0.0.1:{port} accel defaultsite=localhost no-vhost
cache_peer 127.0.0.1 parent {origin_port} 0 no-query originserver name=origin
cache deny all
auth_param ntlm program /usr/bin/ntlm_auth --helper-protocol=squid-2.5-ntlmssp --configfile={folder}/smb.conf --domain=DOM --username=alice --password=s3cret
auth_param ntlm children 4
auth_param ntlm keep_alive on
acl authed proxy_auth REQUIRED
http_access allow authed
http_access deny all
never_direct allow all
pid_filename {folder}/squid.pid
access_log none
cache_log {folder}/cache.log
coredump_dir {folder}
shutdown_lifetime 0 seconds
"""

SAMBA = """[global]
workgroup = DOM
server role = standalone
private dir = {folder}/samba
state directory = {folder}/samba
cache directory = {folder}/samba
lock directory = {folder}/samba
pid directory = {folder}/samba
ncalrpc dir = {folder}/samba/ncalrpc
"""


class Origin(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        text = f"{self.command} {self.path} ".encode() + body
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *_):
        pass


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def is_open(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def start(folder, origin_port):
    """squid cannot be told to take a free port: another process may be quicker, then it is tried again."""
    for _ in range(5):
        port, proxy_port = free_ports(2)
        values = {"folder": folder, "port": port, "proxy_port": proxy_port, "origin_port": origin_port}
        write(f"{folder}/squid.conf", SQUID.format(**values))
        write(f"{folder}/smb.conf", SAMBA.format(**values))
        squid = subprocess.Popen(["squid", "-N", "-f", f"{folder}/squid.conf"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while squid.poll() is None and time.monotonic() < until:
            if is_open(port) and is_open(proxy_port):
                return squid, {"port": port, "proxy_port": proxy_port}
            time.sleep(0.05)
        squid.kill()
        squid.wait()
    with open(f"{folder}/cache.log", encoding="utf-8", errors="replace") as log:
        raise SystemExit("squid does not start: " + log.read()[-2000:])


def main():
    os.environ["PATH"] += ":/usr/sbin"
    folder = tempfile.mkdtemp(dir="/tmp")
    os.makedirs(f"{folder}/samba/ncalrpc")
    if os.getuid() == 0:
        user = pwd.getpwnam("proxy")
        for path in (folder, f"{folder}/samba", f"{folder}/samba/ncalrpc"):
            os.chown(path, user.pw_uid, user.pw_gid)
    origin = ThreadingHTTPServer(("127.0.0.1", 0), Origin)
    origin.daemon_threads = True
    threading.Thread(target=origin.serve_forever, daemon=True).start()
    squid, ready = start(folder, origin.server_port)
    try:
        print(json.dumps(ready), flush=True)
        sys.stdin.read()
    finally:
        squid.terminate()
        squid.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
