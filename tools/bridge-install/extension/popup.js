// The popup, also as a tab: shows what background.js says, and tells it what the person does. It keeps nothing itself.

import { Settle } from "./settle.js";

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

const settle = new Settle(element("asks"));

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

/** Who does something with which domains: a tool may have several channels. */
function doing(tools, what) {
  const found = new Map();
  for (const tool of tools) {
    const name = tool.pid === null ? tool.name : `${tool.name} (${tool.pid})`;
    if (tool[what].length > 0) found.set(name, new Set([...(found.get(name) ?? []), ...tool[what]]));
  }
  return [...found];
}

/** Says who reads and captures what now. */
function renderTools({ tools, sharing }) {
  const says = (verb) => ([tool, domains]) => {
    const more = domains.size > 3 ? ` and ${domains.size - 3} more` : "";
    return `${tool} ${verb} ${[...domains].slice(0, 3).join(", ")}${more}.`;
  };
  const reading = doing(tools, "reads").map(says("reads"));
  const capturing = doing(tools, "captures").map(says("captures requests to"));
  const line = element("tools");
  line.hidden = sharing && reading.length + capturing.length === 0;
  line.classList.toggle("capturing", sharing && capturing.length > 0);
  write(line, sharing ? [...capturing, ...reading].join(" ") : "Sharing is off: no tool gets anything.");
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

/**
 * Who asks: a name in bold is one of ours by its form; other programs say nothing in their own words. Beside it stands what
 * the system says: a program that passes for a tool may be another one.
 */
function buildAskers(askers) {
  return askers.flatMap(({ name, pid, program }, index) => {
    const between = index === 0 ? "" : index < askers.length - 1 ? ", " : " and ";
    const number = pid === null ? null : `pid ${pid}`;
    const known = [program === name ? null : program, number].filter((word) => word !== null).join(", ");
    const other = index === 0 ? "Another program" : "another program";
    return [between, name === null ? other : make("strong", { textContent: name }), known ? ` (${known})` : ""];
  });
}

/** What is asked for: a domain, or the sites of everybody below a name that is nobody's own. */
function buildScope({ of, domain, isSuffix, isEverywhere }) {
  const what = of === "requests" ? " every request to " : " the cookies of ";
  if (isSuffix || isEverywhere) {
    const all = isEverywhere ? "every website" : `every site under .${domain}`;
    return [what, make("strong", { className: "domain warned", textContent: all })];
  }
  const scope = domain.includes("://") ? "this host only" : "with its subdomains";
  return [
    what,
    make("strong", { className: "domain", textContent: domain }),
    make("span", { className: "scope", textContent: ` (${scope})` }),
  ];
}

/** What a question adds to what is asked for. */
function consequence({ of, storeName }) {
  if (of === "requests") return ", with the cookies and passwords in it. Whoever has them is signed in as you.";
  return ` in ${storeName}. Whoever has them is signed in as you.`;
}

/** How the group of a question is named. */
function nameOfAsk({ of, tool, domain, storeName, isDefaultStore, isEverywhere }) {
  if (isEverywhere) return tool;
  return of === "requests" || isDefaultStore ? `${tool} ${domain}` : `${tool} ${domain} in ${storeName}`;
}

/** The answer is for exactly what was shown: this domain in this store, and these processes. */
function buildAsk(ask) {
  const { of, domain, store, askers } = ask;
  const processes = askers.map(({ process }) => process);
  const group = make("div", { className: "ask" });
  const press = (event, answer) => {
    if (settle.allows(group, event)) tell({ do: "decide", of, domain, store, answer, processes });
  };
  const buttons = Object.entries(MEANINGS).map(([answer, meaning]) =>
    make("button", {
      type: "button",
      className: answer,
      textContent: answer[0].toUpperCase() + answer.slice(1),
      title: meaning,
      onclick: (event) => press(event, answer),
    }),
  );
  const question = make("p", {}, ...buildAskers(askers), askers.length > 1 ? " want" : " wants", ...buildScope(ask));
  question.append(consequence(ask));
  group.append(question, make("div", { className: "answers" }, ...buttons));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", nameOfAsk(ask));
  return group;
}

/** How the list names what an answer is for. */
function nameOfShared({ of, domain, storeName, isDefaultStore, isEverywhere }) {
  if (of === "requests") return isEverywhere ? "capture every website" : `capture ${domain}`;
  return isDefaultStore ? domain : `${domain} in ${storeName}`;
}

function buildShared(shared) {
  const { of, domain, store, answer } = shared;
  const what = nameOfShared(shared);
  const remove = make("button", {
    type: "button",
    className: "remove",
    title: `Remove ${what}`,
    onclick: () => tell({ do: "remove", of, domain, store }),
  });
  remove.setAttribute("aria-label", `Remove ${what}`);
  const name = answer === "always" ? what : `${what} (${answer})`;
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
  const keyOf = ({ of, domain, store, answer }) => JSON.stringify([of, domain, store, answer]);
  keepingFocus(list, element("key"), () => reconcile(list, shared, keyOf, buildShared));
  element("nothing-shared").hidden = shared.length > 0;
}

/**
 * A question that changes is another one. With a question goes its focus, and never to the next question's buttons: the
 * key that was meant for the one would answer the other.
 */
function renderAsks({ asks }) {
  const questions = element("asks");
  const section = element("asks-section");
  const hadFocus = section.contains(document.activeElement);
  const keyOf = ({ of, domain, store, askers }) => JSON.stringify([of, domain, store, askers]);
  reconcile(questions, asks, keyOf, buildAsk);
  section.hidden = asks.length === 0;
  if (!hadFocus || (section.contains(document.activeElement) && !section.hidden)) return;
  (section.hidden ? element("shared-heading") : section).focus({ preventScroll: true });
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
  // Whatever changed above or between the questions has moved them.
  settle.look();
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
