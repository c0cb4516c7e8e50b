// What outlives the browser: the switch, the person's answers, the custom key. In the extension's own storage, which
// no page can read.

const DEFAULTS = {
  /** The switch in the popup. */
  sharing: true,
  /** Domain, as people name it, to "always" or "never". */
  answers: {},
  /** Who was told Once: [process, domain] each. */
  once: [],
  /** A custom key in base64; without one the bridge's is used. */
  customKey: null,
  /** Tells this profile from others of the same browser, whose names extensions cannot know. */
  profile: null,
};

export class Settings {
  #values = structuredClone(DEFAULTS);

  async load() {
    this.#values = { ...structuredClone(DEFAULTS), ...(await chrome.storage.local.get(Object.keys(DEFAULTS))) };
    if (!this.#values.profile) {
      const [number] = crypto.getRandomValues(new Uint16Array(1));
      await this.set({ profile: number.toString(16).padStart(4, "0") });
    }
  }

  get(name) {
    return this.#values[name];
  }

  async set(values) {
    Object.assign(this.#values, values);
    await chrome.storage.local.set(values);
  }
}
