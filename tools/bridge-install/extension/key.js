// The key that both sides share: the one that the bridge hands over, or the person's own, typed here and there.
// As in shared/src/bridge/key.rs.

import { fromBase64, toBase64 } from "./base64.js";

const ROUNDS = 600000;
const SALT = "countersign custom key 1";
const LENGTH = 32;

/** Whether a secret may be set: ten letters and digits or more, and nothing else. */
export function isCustomSecret(secret) {
  return /^[A-Za-z0-9]{10,}$/.test(secret);
}

/** The key of a custom secret, in base64: PBKDF2-HMAC-SHA256 (RFC 8018). */
export async function keyOfSecret(secret) {
  const encoder = new TextEncoder();
  const password = await crypto.subtle.importKey("raw", encoder.encode(secret), "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", hash: "SHA-256", salt: encoder.encode(SALT), iterations: ROUNDS };
  return toBase64(new Uint8Array(await crypto.subtle.deriveBits(parameters, password, 8 * LENGTH)));
}

/** The bytes of a key in base64; null where it is none. */
export function keyBytes(text) {
  try {
    const bytes = fromBase64(text);
    return bytes.length === LENGTH ? bytes : null;
  } catch {
    return null;
  }
}
