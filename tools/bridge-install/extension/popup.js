// The popup, also as a tab: shows what background.js says, and tells it what the person does. It keeps nothing itself.

const element = (id) => document.getElementById(id);

/** What is wrong, then what helps: a text before each command to type. */
const PROBLEMS = {
  missing: ["The bridge is not installed for this browser.", ["Run", "bridge-install install"]],
  forbidden: ["The bridge was installed for another extension.", ["Run", "bridge-install install"]],
  broken: ["The bridge does not run.", ["To see why, run", "bridge-install doctor"]],
  ended: ["The bridge ended, and is started again.", ["If it does not come back, run", "bridge-install doctor"]],
  version: [
    "Bridge and extension are of different versions.",
    ["Run", "bridge-install install"],
    ["then", "bridge-install extension --to DIR --update"],
  ],
  "keys differ": [
    "The tools use a different key from this browser, so nothing is shared.",
    ["Type the same key below and in", "bridge-install key set -"],
    ["or remove it below and by", "bridge-install key clear"],
  ],
  access: ["Countersign may not access websites here, so it can't read their cookies."],
};

let background = null;

/** Browsers stop the background when it is idle; then it is started anew. */
function connect() {
  const port = chrome.runtime.connect();
  port.onMessage.addListener(render);
  port.onDisconnect.addListener(() => setTimeout(() => port === background && connect(), 250));
  background = port;
}

function tell(message) {
  try {
    background.postMessage(message);
  } catch {
    // It was stopped just now.
    connect();
    background.postMessage(message);
  }
}

function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Only where it changes: screen readers read out what is written into a status. */
function write(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

function problemOf({ problem, hasAccess }) {
  return problem ?? (hasAccess ? null : "access");
}

function renderProblem(view) {
  const problem = problemOf(view);
  element("problem").hidden = problem === null;
  if (problem === null) return;
  const [text, ...cures] = PROBLEMS[problem] ?? PROBLEMS.broken;
  write(element("problem-text"), text);
  const lines = cures.map(([before, command]) => make("p", {}, `${before} `, make("code", { textContent: command })));
  element("cures").replaceChildren(...lines);
  element("allow").hidden = problem !== "access";
}

/** Says who reads what now: a tool may have several channels. */
function renderTools({ tools, sharing }) {
  const reading = new Map();
  for (const { name, pid, reads } of tools) {
    const tool = pid === null ? name : `${name} (${pid})`;
    if (reads.length > 0) reading.set(tool, new Set([...(reading.get(tool) ?? []), ...reads]));
  }
  const says = ([tool, domains]) => {
    const more = domains.size > 3 ? ` and ${domains.size - 3} more` : "";
    return `${tool} reads ${[...domains].slice(0, 3).join(", ")}${more}.`;
  };
  const line = element("tools");
  line.hidden = sharing && reading.size === 0;
  write(line, sharing ? [...reading].map(says).join(" ") : "Sharing is off: no tool gets anything.");
}

/**
 * Brings a container's children up to those keys, in this order. What is there stays the same element: the focus
 * stays where it is.
 */
function reconcile(container, items, keyOf, build) {
  const kept = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const children = items.map((item) => {
    const key = keyOf(item);
    const child = kept.get(key) ?? build(item);
    child.dataset.key = key;
    kept.delete(key);
    return child;
  });
  for (const child of kept.values()) child.remove();
  children.forEach((child, index) => {
    if (container.children[index] !== child) container.insertBefore(child, container.children[index] ?? null);
  });
}

const MEANINGS = {
  once: "until this run of the tool ends",
  always: "for every tool, until you remove it",
  never: "for no tool, until you remove it",
};

function buildAsk({ tool, domain }) {
  const decide = (answer) => tell({ do: "decide", domain, answer });
  const buttons = Object.entries(MEANINGS).map(([answer, meaning]) =>
    make("button", {
      type: "button",
      className: answer,
      textContent: answer[0].toUpperCase() + answer.slice(1),
      title: meaning,
      onclick: () => decide(answer),
    }),
  );
  const scope = domain.startsWith("https://") ? "this host only" : "with its subdomains";
  const question = make(
    "p",
    {},
    make("strong", { textContent: tool }),
    " wants the cookies of ",
    make("strong", { className: "domain", textContent: domain }),
    make("span", { className: "scope", textContent: ` (${scope})` }),
    ". Whoever has them is signed in as you.",
  );
  const group = make("div", { className: "ask" }, question, make("div", { className: "answers" }, ...buttons));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", `${tool} ${domain}`);
  return group;
}

function buildShared({ domain, answer }) {
  const remove = make("button", {
    type: "button",
    className: "remove",
    title: `Remove ${domain}`,
    onclick: () => tell({ do: "remove", domain }),
  });
  remove.setAttribute("aria-label", `Remove ${domain}`);
  const name = answer === "always" ? domain : `${domain} (${answer})`;
  return make("li", { className: answer }, make("span", { className: "domain", textContent: name }), remove);
}

/** A button that goes takes the focus with it: the next one gets it, or whatever comes after. */
function keepingFocus(container, after, change) {
  const index = [...container.children].findIndex((child) => child.contains(document.activeElement));
  change();
  if (index < 0 || container.contains(document.activeElement)) return;
  const next = container.children[Math.min(index, container.children.length - 1)]?.querySelector("button");
  (next ?? after).focus();
}

function renderShared({ shared }) {
  const list = element("shared");
  const keyOf = ({ domain, answer }) => `${answer} ${domain}`;
  keepingFocus(list, element("key"), () => reconcile(list, shared, keyOf, buildShared));
  element("nothing-shared").hidden = shared.length > 0;
}

function renderAsks({ asks }) {
  const questions = element("asks");
  const keyOf = ({ tool, domain }) => `${tool} ${domain}`;
  keepingFocus(questions, element("sharing"), () => reconcile(questions, asks, keyOf, buildAsk));
  element("asks-section").hidden = asks.length === 0;
}

function renderKey({ hasCustomKey }) {
  element("remove-key").hidden = !hasCustomKey;
  element("own-key").hidden = !hasCustomKey;
  element("default-key").hidden = hasCustomKey;
}

function render(view) {
  const { status, sharing, hello } = view;
  write(element("status"), status);
  element("status").setAttribute("aria-label", status);
  element("state").dataset.status = sharing ? status : "Off";
  element("sharing").checked = sharing;
  write(element("browser"), `${hello.browser}, profile ${hello.profile}`);
  write(element("footer"), `Countersign ${hello.version}`);
  renderProblem(view);
  renderTools(view);
  renderAsks(view);
  renderShared(view);
  renderKey(view);
}

element("sharing").addEventListener("change", ({ target }) => tell({ do: "share", sharing: target.checked }));
element("allow").addEventListener("click", () => chrome.permissions.request({ origins: ["*://*/*"] }));
element("remove-key").addEventListener("click", () => {
  tell({ do: "remove key" });
  element("key").focus();
});

element("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const secret = element("key").value;
  const isGood = /^[A-Za-z0-9]{10,}$/.test(secret);
  write(element("key-error"), isGood ? "" : "Ten or more letters and digits, and nothing else.");
  if (!isGood) return;
  element("key").value = "";
  tell({ do: "save key", secret });
});

connect();
