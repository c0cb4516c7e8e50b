// The body of a request, as far as browsers give it, and how far that is: they give decoded forms instead of bytes,
// leave out what is in files and blobs, and give nothing at all of streams.
//
// A body is exact unless `exactness` says otherwise: "reencoded" (all fields, other bytes), "partial" (something is missing),
// "unavailable". What cannot be told counts as the worse of the two.

import { join } from "./bytes.js";
import { isFirefox } from "./cookies.js";

/** Larger bodies are not kept. */
const LONGEST = 64 * 1024 * 1024;

const encoder = new TextEncoder();

export const NONE = { bytes: null };
export const UNAVAILABLE = { bytes: null, exactness: "unavailable" };

/** The media type and the parameters of a Content-Type. */
function readType(value) {
  const type = value.split(";", 1)[0].trim().toLowerCase();
  const boundary = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(value);
  return { type, boundary: boundary ? (boundary[1] ?? boundary[2]) : null };
}

function isBuffer(value) {
  return Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}

/** Elements are bytes, or a file of which there is but the name. Blobs between parts are left out: what is cut shows it. */
function ofRaw(elements, isMultipart) {
  const isCut = isMultipart && elements.length > 1;
  const isWhole = !isCut && elements.every(({ bytes, truncated }) => isBuffer(bytes) && !truncated);
  const buffers = elements.filter(({ bytes }) => isBuffer(bytes)).map(({ bytes }) => new Uint8Array(bytes));
  return isWhole ? { bytes: join(buffers) } : { bytes: join(buffers), exactness: "partial" };
}

/** application/x-www-form-urlencoded (URL Standard, section 5.2), of any bytes. */
function escape(value) {
  const bytes = typeof value === "string" ? encoder.encode(value) : new Uint8Array(value);
  let text = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9*\-._]/.test(character)) text += character;
    else text += byte === 0x20 ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}

function* fields(formData) {
  for (const [name, values] of Object.entries(formData)) for (const value of values) yield [name, value];
}

function ofForm(formData) {
  const pairs = [...fields(formData)];
  // A character that stands for bytes which are no text: they are lost.
  const isLost = pairs.flat().some((text) => typeof text === "string" && text.includes("\ufffd"));
  const text = pairs.map(([name, value]) => `${escape(name)}=${escape(value)}`).join("&");
  return { bytes: encoder.encode(text), exactness: isLost ? "partial" : "reencoded" };
}

/** Of a file browsers give the name in place of the content. No name has a line break or more than 255 bytes. */
function mayBeFile(value) {
  return typeof value === "string" && !/[\r\n]/.test(value) && encoder.encode(value).length <= 255;
}

/** Parts as browsers write them (HTML, "Multipart form data"). */
function ofParts(formData, boundary, length) {
  if (boundary === null) return UNAVAILABLE;
  const quote = (name) => name.replace(/\r\n|\r|\n/g, "%0D%0A").replaceAll('"', "%22");
  const pairs = [...fields(formData)];
  const bytes = (value) => (typeof value === "string" ? encoder.encode(value) : new Uint8Array(value));
  const parts = pairs.flatMap(([name, value]) => [
    encoder.encode(`--${boundary}\r\nContent-Disposition: form-data; name="${quote(name)}"\r\n\r\n`),
    bytes(value),
    encoder.encode("\r\n"),
  ]);
  const whole = join([...parts, encoder.encode(`--${boundary}--\r\n`)]);
  // A file's part has more around it than a text's: where the length is known, it tells.
  const hasFiles = length === null ? pairs.some(([, value]) => mayBeFile(value)) : whole.length !== length;
  return { bytes: whole, exactness: hasFiles ? "partial" : "reencoded" };
}

/** Chromium gives bodies of POST and PUT alone: whether another method had one shows only in its headers. */
function ofSilence(method, contentType) {
  if (isFirefox || ["GET", "HEAD", "POST", "PUT"].includes(method)) return NONE;
  return method === "PATCH" || contentType !== null ? UNAVAILABLE : NONE;
}

function read(given, { method, contentType, length }) {
  if (!given) return ofSilence(method, contentType);
  const { type, boundary } = readType(contentType ?? "");
  const isMultipart = type === "multipart/form-data";
  if (given.raw) return given.raw.length > 0 ? ofRaw(given.raw, isMultipart) : NONE;
  if (!given.formData) return UNAVAILABLE;
  return isMultipart ? ofParts(given.formData, boundary, length) : ofForm(given.formData);
}

/** How many bytes a browser holds for us in a body. */
export function sizeOf(given) {
  const ofRaw = (given?.raw ?? []).map(({ bytes }) => bytes?.byteLength ?? 0);
  const ofFields = [...fields(given?.formData ?? {})].flat().map((value) => value.byteLength ?? value.length);
  return [...ofRaw, ...ofFields].reduce((sum, size) => sum + size, 0);
}

/**
 * What was sent, of what the browser gives: { bytes, exactness }. `headers` are those that were sent with it: pairs of a name
 * and a value.
 */
export function readBody(given, method, headers) {
  if (sizeOf(given) > LONGEST) return UNAVAILABLE;
  const find = (name) => headers.find(([known]) => known.toLowerCase() === name)?.[1] ?? null;
  const sent = find("content-length");
  const length = sent !== null && /^\d{1,15}$/.test(sent) ? Number(sent) : null;
  const body = read(given, { method, contentType: find("content-type"), length });
  if ((body.bytes?.length ?? 0) > LONGEST) return UNAVAILABLE;
  const isShort = length !== null && body.exactness === undefined && (body.bytes?.length ?? 0) !== length;
  if (!isShort) return body;
  return body.bytes === null ? UNAVAILABLE : { ...body, exactness: "partial" };
}
