// Base64 (RFC 4648) of bytes. Younger browsers have it built in; these work in every one that the manifest lets in.

import { toCharacters } from "./bytes.js";

export function toBase64(bytes) {
  return btoa(toCharacters(bytes));
}

/** Throws where the text is not base64. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
