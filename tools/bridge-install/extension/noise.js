// Noise_NNpsk0_25519_AESGCM_SHA256 (noiseprotocol.org, revision 34), the responder's side, on WebCrypto alone.
//
//   -> psk, e
//   <- e, ee
//
// Names are those of the specification, sections 5 and 9. The other half is shared/src/bridge/channel.rs;
// tests/vectors/bridge holds both to the same bytes.

import { join } from "./bytes.js";

const NAME = "Noise_NNpsk0_25519_AESGCM_SHA256"; // 32 bytes: the first hash is the name itself (5.2)
const PROLOGUE = "countersign bridge 1";
const KEY_LENGTH = 32;
const TAG_LENGTH = 16;
const LONGEST_MESSAGE = 65535;
const NOTHING = new Uint8Array(0);

const subtle = globalThis.crypto.subtle;
const utf8 = (text) => new TextEncoder().encode(text);

async function hash(bytes) {
  return new Uint8Array(await subtle.digest("SHA-256", bytes));
}

async function hmac(key, bytes) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await subtle.sign(algorithm, imported, bytes));
}

/** HKDF as section 4.3 has it: two or three outputs of 32 bytes. */
async function hkdf(chainingKey, inputKeyMaterial, count) {
  const temporary = await hmac(chainingKey, inputKeyMaterial);
  const outputs = [];
  let last = NOTHING;
  for (let number = 1; number <= count; number += 1) {
    last = await hmac(temporary, join([last, Uint8Array.of(number)]));
    outputs.push(last);
  }
  return outputs;
}

/** Seals or opens with one key, counting (5.1). A message that is lost, repeated or out of order does not open. */
class CipherState {
  #key;
  #counter = 0;

  constructor(key) {
    this.#key = subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  /** Four zero bytes and the counter, big-endian (12.4). */
  #parameters(additionalData) {
    const iv = new Uint8Array(12);
    new DataView(iv.buffer).setBigUint64(4, BigInt(this.#counter));
    // Long before this number is no number any more a channel has ended.
    this.#counter += 1;
    return { name: "AES-GCM", iv, additionalData, tagLength: 8 * TAG_LENGTH };
  }

  async encrypt(plaintext, additionalData = NOTHING) {
    if (plaintext.length + TAG_LENGTH > LONGEST_MESSAGE) throw new RangeError("a message is too long");
    const parameters = this.#parameters(additionalData);
    return new Uint8Array(await subtle.encrypt(parameters, await this.#key, plaintext));
  }

  async decrypt(ciphertext, additionalData = NOTHING) {
    if (ciphertext.length > LONGEST_MESSAGE) throw new RangeError("a message is too long");
    const parameters = this.#parameters(additionalData);
    return new Uint8Array(await subtle.decrypt(parameters, await this.#key, ciphertext));
  }
}

/** The state while the handshake lasts (5.2). */
class SymmetricState {
  #chainingKey = utf8(NAME);
  #hash = utf8(NAME);
  #cipher = null;

  async mixHash(bytes) {
    this.#hash = await hash(join([this.#hash, bytes]));
  }

  async mixKey(inputKeyMaterial) {
    const [chainingKey, key] = await hkdf(this.#chainingKey, inputKeyMaterial, 2);
    this.#chainingKey = chainingKey;
    this.#cipher = new CipherState(key);
  }

  async mixKeyAndHash(inputKeyMaterial) {
    const [chainingKey, mixed, key] = await hkdf(this.#chainingKey, inputKeyMaterial, 3);
    this.#chainingKey = chainingKey;
    await this.mixHash(mixed);
    this.#cipher = new CipherState(key);
  }

  async encryptAndHash(plaintext) {
    const ciphertext = await this.#cipher.encrypt(plaintext, this.#hash);
    await this.mixHash(ciphertext);
    return ciphertext;
  }

  async decryptAndHash(ciphertext) {
    const plaintext = await this.#cipher.decrypt(ciphertext, this.#hash);
    await this.mixHash(ciphertext);
    return plaintext;
  }

  async split() {
    const [first, second] = await hkdf(this.#chainingKey, NOTHING, 2);
    return { fromInitiator: new CipherState(first), toInitiator: new CipherState(second) };
  }
}

/** A fresh key pair; tests have their own, which are published. */
export function generateEphemeral() {
  return subtle.generateKey("X25519", false, ["deriveBits"]);
}

/**
 * Takes the initiator's message and gives the answer and the two ciphers of the channel.
 *
 * Throws where the message does not open, which means that the pre-shared keys differ. `payload` and `prologue` are
 * there for published test vectors; on the bridge both sides say nothing in their handshakes.
 */
export async function respond(psk, message, { ephemeral, prologue = utf8(PROLOGUE), payload = NOTHING } = {}) {
  if (message.length < KEY_LENGTH + TAG_LENGTH) throw new RangeError("a handshake message is too short");
  const own = ephemeral ?? (await generateEphemeral());
  const state = new SymmetricState();
  await state.mixHash(prologue);

  // -> psk, e
  const theirs = message.subarray(0, KEY_LENGTH);
  await state.mixKeyAndHash(psk);
  await state.mixHash(theirs);
  await state.mixKey(theirs); // with a pre-shared key, an ephemeral key goes into the key too (9.2)
  const received = await state.decryptAndHash(message.subarray(KEY_LENGTH));

  // <- e, ee
  const ours = new Uint8Array(await subtle.exportKey("raw", own.publicKey));
  await state.mixHash(ours);
  await state.mixKey(ours);
  const peer = await subtle.importKey("raw", theirs, "X25519", true, []);
  const secret = await subtle.deriveBits({ name: "X25519", public: peer }, own.privateKey, 256);
  await state.mixKey(new Uint8Array(secret));
  const answer = join([ours, await state.encryptAndHash(payload)]);

  return { answer, received, ...(await state.split()) };
}
