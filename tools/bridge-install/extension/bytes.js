// Bytes, many of which come from pages: no call here takes a parameter for each of them.

const STRETCH = 8192;

/** One array of the bytes of several. */
export function join(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A character for each byte, of its number. */
export function toCharacters(bytes) {
  let characters = "";
  for (let at = 0; at < bytes.length; at += STRETCH) {
    characters += String.fromCharCode(...bytes.subarray(at, at + STRETCH));
  }
  return characters;
}
