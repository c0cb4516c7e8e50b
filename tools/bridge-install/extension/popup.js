// The popup, also as a tab: shows what background.js says, and tells it what the person does. It keeps nothing itself.

const element = (id) => document.getElementById(id);

/** Why there is something to do, and what: a text, then a command to type. */
const PROBLEMS = {
  missing: ["The bridge is not installed for this browser.", "Run", "bridge-install install"],
  forbidden: ["The bridge was installed for another extension.", "Run", "bridge-install install"],
  ended: ["The bridge ended. It is tried again.", "If it does not come back, run", "bridge-install doctor"],
  version: ["Bridge and extension are of different versions.", "Run", "bridge-install extension --to DIR --update"],
  "keys differ": [
    "A tool has another key than this browser, so nothing is exchanged. Type the same key below and in the shell,",
    "or remove it on both sides:",
    "bridge-install key set  ·  key clear",
  ],
  access: ["This browser keeps Countersign from websites, and from their cookies."],
};

let background = null;

/** Browsers stop the background when it is idle; then it is started anew. */
function connect() {
  background = chrome.runtime.connect();
  background.onMessage.addListener(render);
  background.onDisconnect.addListener(() => setTimeout(connect, 250));
}

function tell(message) {
  background.postMessage(message);
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
  const [text, cure, command] = PROBLEMS[problem] ?? PROBLEMS.ended;
  write(element("problem-text"), text);
  element("problem-cure").replaceChildren(...(command ? [`${cure} `, make("code", { textContent: command })] : []));
  element("allow").hidden = problem !== "access";
}

/** Says which tools are there, and which of them only wait. */
function renderTools({ tools, sharing }) {
  const reading = tools.filter(({ reads }) => reads.length > 0);
  const line = element("tools");
  line.hidden = sharing && reading.length === 0;
  if (!sharing) return write(line, "Sharing is off: no tool gets anything.");
  const says = ({ name, pid, reads }) => {
    const more = reads.length > 3 ? ` and ${reads.length - 3} more` : "";
    return `${name}${pid === null ? "" : ` (${pid})`} reads ${reads.slice(0, 3).join(", ")}${more}.`;
  };
  write(line, reading.map(says).join(" "));
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
    ". With them it is you there.",
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

/** A removed button takes the focus with it; it goes to the next one, or to the list's place. */
function renderShared({ shared }) {
  const list = element("shared");
  const index = [...list.children].findIndex((item) => item.contains(document.activeElement));
  reconcile(list, shared, ({ domain, answer }) => `${answer} ${domain}`, buildShared);
  element("nothing-shared").hidden = shared.length > 0;
  const hadFocus = index >= 0 && !list.contains(document.activeElement);
  if (hadFocus) (list.children[Math.min(index, list.children.length - 1)]?.querySelector("button") ?? element("key")).focus();
}

function renderAsks({ asks }) {
  element("asks-section").hidden = asks.length === 0;
  reconcile(element("asks"), asks, ({ tool, domain }) => `${tool} ${domain}`, buildAsk);
}

function renderKey({ hasCustomKey }) {
  element("remove-key").hidden = !hasCustomKey;
  const text = hasCustomKey
    ? "Locked with your own key. Tools need the same one."
    : "The installation's key is used. For one of your own, type the same here and in bridge-install key set.";
  write(element("key-hint"), text);
}

function render(view) {
  const { status, sharing, hello } = view;
  write(element("status"), status);
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
