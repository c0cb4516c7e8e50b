// A program that connects to a bridge and says of itself what it is told to: node socket_tool.js SOCKET HELLO
//
// Prints each frame that it receives on a line. Each line of standard input is a command:
//   {"do":"send","frame":{…}}
//   {"do":"child"}   starts a process that inherits the socket and goes on without us; prints {"child":PID}
//   {"do":"exit"}
"use strict";

const { spawn } = require("node:child_process");
const net = require("node:net");
const readline = require("node:readline");

const [path, hello] = process.argv.slice(2);
const socket = net.connect(path);
let pending = Buffer.alloc(0);

function send(text) {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(text));
  socket.write(Buffer.concat([length, Buffer.from(text)]));
}

socket.on("connect", () => {
  send(hello);
  process.stdout.write('{"connected":true}\n');
});
socket.on("error", () => {});
socket.on("close", () => process.stdout.write('{"closed":true}\n'));
socket.on("data", (chunk) => {
  pending = Buffer.concat([pending, chunk]);
  while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32LE(0)) {
    const end = 4 + pending.readUInt32LE(0);
    process.stdout.write(`${pending.subarray(4, end)}\n`);
    pending = pending.subarray(end);
  }
});

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const command = JSON.parse(line);
  if (command.do === "send") send(JSON.stringify(command.frame));
  else if (command.do === "child") {
    const options = { detached: true, stdio: ["ignore", "ignore", "ignore", socket._handle.fd] };
    const child = spawn("sleep", ["300"], options);
    child.unref();
    process.stdout.write(`{"child":${child.pid}}\n`);
  } else if (command.do === "exit") process.exit(0);
});
