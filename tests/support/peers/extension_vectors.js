// Holds the extension's half of the sealed channels to tests/vectors/bridge: node extension_vectors.js EXTENSION VECTORS
"use strict";

const assert = require("node:assert/strict");
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const [extension, folder] = process.argv.slice(2);
const module_ = (name) => import(pathToFileURL(path.join(extension, name)));
const vectors = (name) => JSON.parse(readFileSync(path.join(folder, name)));
const hex = (text) => new Uint8Array(Buffer.from(text, "hex"));
const digest = (text) => createHash("sha256").update(text).digest("hex");

/** A key pair out of 32 published bytes: in PKCS#8 (RFC 8410), as WebCrypto takes private keys. */
async function keyPair(bytes) {
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b656e04220420", "hex"), bytes]);
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, "X25519", true, ["deriveBits"]);
  const { x } = await crypto.subtle.exportKey("jwk", privateKey);
  const publicKey = await crypto.subtle.importKey("raw", Buffer.from(x, "base64url"), "X25519", true, []);
  return { privateKey, publicKey };
}

async function published({ respond }) {
  const vector = vectors("noise.json");
  const { messages } = vector;
  const handshake = await respond(hex(vector.psk), hex(messages[0].ciphertext), {
    ephemeral: await keyPair(hex(vector.extension_ephemeral)),
    prologue: hex(vector.prologue),
    payload: hex(messages[1].payload),
  });
  assert.deepEqual(handshake.received, hex(messages[0].payload));
  assert.deepEqual(handshake.answer, hex(messages[1].ciphertext));
  for (const [at, { payload, ciphertext }] of [...messages.entries()].slice(2)) {
    if (at % 2 === 0) assert.deepEqual(await handshake.fromInitiator.decrypt(hex(ciphertext)), hex(payload));
    else assert.deepEqual(await handshake.toInitiator.encrypt(hex(payload)), hex(ciphertext));
  }
}

async function sealAll(channel, value) {
  const sealed = [];
  for await (const message of channel.seal(value)) sealed.push(message);
  return sealed;
}

async function conversation({ Channel }, { fromBase64 }) {
  const vector = vectors("channel.json");
  const ephemeral = await keyPair(hex(vector.extension_ephemeral));
  const { channel, answer } = await Channel.answer(fromBase64(vector.psk), vector.first, { ephemeral });
  assert.equal(answer, vector.answer);
  for (const said of vector.says) {
    const value = said.json ? JSON.parse(said.json) : { text: said.unit.repeat(said.times) };
    if (said.from === "tool") {
      assert.deepEqual(await channel.open(said.messages[0]), value);
    } else {
      const sealed = await sealAll(channel, value);
      assert.deepEqual(said.messages ? sealed : sealed.map(digest), said.messages ?? said.sha256);
    }
  }
  // Lost, repeated, changed: the next message of this conversation is none of these.
  for (const message of [vector.says[0].messages[0], vector.says[3].messages[0], "AAAA"]) {
    await assert.rejects(channel.open(message));
  }
}

async function refused({ Channel }, { fromBase64 }) {
  const vector = vectors("channel.json");
  const key = fromBase64(vector.psk);
  const other = key.map((byte) => byte ^ 1);
  await assert.rejects(Channel.answer(other, vector.first), "another key");
  for (let bit = 0; bit < 8 * 48; bit += 1) {
    const changed = fromBase64(vector.first);
    changed[bit >> 3] ^= 1 << (bit & 7);
    // The highest bit of an X25519 key is no part of it (RFC 7748, 5), but of the handshake's hash it is.
    await assert.rejects(Channel.answer(key, Buffer.from(changed).toString("base64")), `bit ${bit}`);
  }
  for (const short of ["", "AAAA", vector.first.slice(0, 40), "not base64!"]) {
    await assert.rejects(Channel.answer(key, short), short);
  }
}

async function halfCharacters({ Channel }, { fromBase64 }) {
  const vector = vectors("channel.json");
  const { channel } = await Channel.answer(fromBase64(vector.psk), vector.first);
  const [one] = await sealAll(channel, { text: "\ud800" });
  assert.equal(fromBase64(one).length, '{"text":"\ufffd"}'.length + 2 + 16);
}

async function keys({ keyOfSecret, keyBytes, isCustomSecret }) {
  for (const { secret, key } of vectors("keys.json")) assert.equal(await keyOfSecret(secret), key);
  for (const good of ["0123456789", "abcdefghiJ", "a".repeat(1000)]) assert.equal(isCustomSecret(good), true, good);
  for (const bad of ["", "short", "ninechars", "with-hyphen-1", "exactly ten", "0123456789\n", "ümlautümlaut"]) {
    assert.equal(isCustomSecret(bad), false, bad);
  }
  assert.equal(keyBytes("AAAA"), null);
  assert.equal(keyBytes("?"), null);
}

async function domains({ readDomain, label, carries }) {
  const domain = (name, hostOnly = false) => ({ name, hostOnly });
  const cookie = (text) => ({ domain: text, hostOnly: !text.startsWith(".") });
  const takes = (of, text) => carries(of, cookie(text));
  const wide = domain("a.example.com");
  for (const yes of ["a.example.com", ".a.example.com", ".example.com", "b.a.example.com", ".b.a.example.com"]) {
    assert.equal(takes(wide, yes), true, yes);
  }
  for (const no of ["example.com", "c.example.com", ".c.example.com", "xa.example.com", ".ple.com", "a.example.com.evil"]) {
    assert.equal(takes(wide, no), false, no);
  }
  const narrow = domain("a.example.com", true);
  for (const yes of ["a.example.com", ".a.example.com", ".example.com"]) assert.equal(takes(narrow, yes), true, yes);
  for (const no of ["b.a.example.com", ".b.a.example.com", "example.com"]) assert.equal(takes(narrow, no), false, no);
  assert.equal(label(narrow), "https://a.example.com");
  assert.deepEqual(readDomain({ name: "localhost", hostOnly: true }), domain("localhost", true));
  assert.deepEqual(readDomain({ name: "[::1]" }), domain("[::1]"));
  for (const odd of [".com", "com.", "a..b", ".", "[::1", "-.:"]) assert.equal(readDomain({ name: odd }), null, odd);
  // The numbers of an address are no subdomains.
  for (const name of ["1", "0.1", "0.0.1"]) assert.equal(takes(domain(name), "127.0.0.1"), false, name);
  assert.equal(takes(domain("127.0.0.1"), "127.0.0.1"), true);
  for (const bad of [null, {}, { name: "" }, { name: "A.com" }, { name: "a b" }, { name: "a\u202eb" }, { name: "x".repeat(254) }]) {
    assert.equal(readDomain(bad), null);
  }
}

async function scopes({ coverers }, { isPublicSuffix }) {
  const within = {
    "a.b.com": ["a.b.com", "b.com", "com"],
    "https://a.b.com": ["https://a.b.com", "a.b.com", "b.com", "com"],
    localhost: ["localhost"],
    "127.0.0.1": ["127.0.0.1"],
    "https://[::1]": ["https://[::1]", "[::1]"],
  };
  for (const [label, wider] of Object.entries(within)) assert.deepEqual([...coverers(label)], wider);
  // A wildcard, its exception, another script, and a list's private part.
  const suffixes = ["com", "co.uk", "github.io", "ck", "anything.ck", "kawasaki.jp", "x.kawasaki.jp", "xn--p1ai"];
  for (const name of suffixes) assert.equal(isPublicSuffix(name), true, name);
  const others = ["example.com", "www.ck", "city.kawasaki.jp", "me.github.io", "localhost", "intranet", "https://com", "1.2.3.4", "__proto__"];
  for (const name of others) assert.equal(isPublicSuffix(name), false, name);
}

async function main() {
  const base64 = await module_("base64.js");
  const channel = await module_("channel.js");
  await published(await module_("noise.js"));
  await conversation(channel, base64);
  await refused(channel, base64);
  await halfCharacters(channel, base64);
  await keys(await module_("key.js"));
  await domains(await module_("domain.js"));
  await scopes(await module_("domain.js"), await module_("suffix.js"));
  process.stdout.write("all as it should be\n");
}

main();
