// A sealed channel to one tool: texts in, base64 messages out, and the other way round.
//
// One Noise message holds one JSON object. A longer text goes in parts, {"part":1,"parts":3,"text":"…"}, counted from 1,
// each with at most PART bytes of the text; parts of one text follow one another. As in shared/src/bridge/channel.rs.

import { fromBase64, toBase64 } from "./base64.js";
import { respond } from "./noise.js";

const PART = 24 << 10;

/** Tools ask short questions: what is put together from parts is at most so many characters. */
const LONGEST_TEXT = 4 << 20;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Texts of pages may hold half a character, which is no Unicode and which JSON readers refuse. */
function toJson(value) {
  return JSON.stringify(value, (_, member) => (typeof member === "string" ? member.toWellFormed() : member));
}

/** The text in pieces of at most PART bytes, none of which cuts a character. */
function* pieces(text) {
  const buffer = new Uint8Array(PART);
  for (let at = 0; at < text.length; ) {
    // No character has less than a byte: what follows PART characters cannot fit.
    const { read } = encoder.encodeInto(text.slice(at, at + PART), buffer);
    yield text.slice(at, at + read);
    at += read;
  }
}

export class Channel {
  #in;
  #out;
  #text = "";
  #nextPart = 1;

  constructor({ fromInitiator, toInitiator }) {
    this.#in = fromInitiator;
    this.#out = toInitiator;
  }

  /** Takes a tool's first message. Gives the channel and the answer; throws where the keys differ. */
  static async answer(key, first, options) {
    const { answer, ...ciphers } = await respond(key, fromBase64(first), options);
    return { channel: new Channel(ciphers), answer: toBase64(answer) };
  }

  /**
   * Seals an object; gives its messages, one after the other as they are ready. The next object must wait until the
   * last of them: the counter goes into each.
   */
  seal(value) {
    return this.sealText(toJson(value));
  }

  /** Seals an object that is JSON already. */
  async *sealText(json) {
    const bytes = encoder.encode(json);
    if (bytes.length <= 2 * PART) {
      yield toBase64(await this.#out.encrypt(bytes));
      return;
    }
    const texts = [...pieces(json)];
    for (const [index, text] of texts.entries()) {
      const part = JSON.stringify({ part: index + 1, parts: texts.length, text });
      yield toBase64(await this.#out.encrypt(encoder.encode(part)));
    }
  }

  /** Opens one message. Gives the object, or undefined while parts are missing; throws where it is not genuine. */
  async open(message) {
    const json = decoder.decode(await this.#in.decrypt(fromBase64(message)));
    const value = JSON.parse(json);
    const isPart =
      Number.isInteger(value?.part) && Number.isInteger(value?.parts) && typeof value?.text === "string";
    if (isPart) return this.#join(value);
    if (this.#nextPart !== 1) throw new Error("a text was begun, and something else came in between");
    return value;
  }

  #join({ part, parts, text }) {
    if (part !== this.#nextPart || part > parts) throw new Error("a part is out of order");
    if (this.#text.length + text.length > LONGEST_TEXT) throw new RangeError("a text is too long");
    this.#text += text;
    if (part < parts) {
      this.#nextPart += 1;
      return undefined;
    }
    const whole = this.#text;
    this.#nextPart = 1;
    this.#text = "";
    return JSON.parse(whole);
  }
}
