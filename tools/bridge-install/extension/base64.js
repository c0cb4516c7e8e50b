// Base64 (RFC 4648) of bytes. Younger browsers have it built in; these work in every one that the manifest lets in.

const STRETCH = 8192;

export function toBase64(bytes) {
  let characters = "";
  for (let at = 0; at < bytes.length; at += STRETCH) {
    characters += String.fromCharCode(...bytes.subarray(at, at + STRETCH));
  }
  return btoa(characters);
}

/** Throws where the text is not base64. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
