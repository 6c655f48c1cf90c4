// The desk in a browser: the worker answers each request, and this page shows the answer. Nothing
// is fetched but the desk's own files, and nothing leaves the browser.
import { help, paragraph, stays, warn } from "./desk.js";

/** Where the files of this build are, and where the desk is, whatever its build. */
const base = new URL(".", import.meta.url).href;
const home = new URL(".", location.href).href;
const worker = begin();
const waiting = new Map();
let number = 0;
let folder = null;
/** Whether what changed is still only here. */
let owing = false;
const offer = document.getElementById("_offer").content;
const NOT_ALLOWED = "this page was not allowed to open that folder and change its files.";
const what = document.getElementById("_what");
const bar = document.getElementById("_bar");

/** A worker that is held to this page's own policy, as one that comes from an address is not. */
function begin() {
  const script = new Blob([`import ${JSON.stringify(`${base}worker.js`)};`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(script), { type: "module" });
}

const listening = new Promise((resolve, reject) => {
  worker.onerror = ({ message }) => reject(new Error(message || "worker.js could not be loaded."));
  worker.onmessage = ({ data }) => {
    if (data.listening) return resolve();
    if (data.progress) {
      what.textContent = data.progress;
      bar.value = data.share;
      return;
    }
    const { resolve: done, reject } = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.error) reject(Object.assign(new Error(data.error), { name: data.name }));
    else done(data.answer);
  };
});

/** Have the worker do something. */
async function have(deed, values = {}) {
  await listening;
  return new Promise((resolve, reject) => {
    waiting.set(++number, { resolve, reject });
    worker.postMessage({ number, deed, ...values });
  });
}

function say(text, kind = "") {
  what.textContent = text;
  what.className = kind;
}

function failed(why) {
  say(`This did not work: ${why}`, "wrong");
}

// --- opening the plan ---------------------------------------------------------------------------

document.getElementById("_folder").addEventListener("click", async () => {
  try {
    await openFolder(await window.showDirectoryPicker({ id: "plan", mode: "readwrite" }));
  } catch (error) {
    // An AbortError is somebody who changed their mind, or said no.
    if (error.name === "AbortError") say("No folder was opened.");
    else failed(NOT_ALLOWED);
  }
});
document.getElementById("_begin").addEventListener("click", () => open({ files: [] }));
document.getElementById("_files").addEventListener("change", async (event) => {
  if (event.target.files.length) await open({ files: [...event.target.files] });
  event.target.value = "";
});

/** Load the desk. What is not there is said by start.js. */
async function start() {
  const { ready } = await have("start", { base });
  bar.hidden = true;
  keepForNextTime();
  // Of a page that opens by itself, whoever has it read begins at its top.
  if (ready) return show(pageOf(location) || "/", "GET", null, false);
  what.textContent = "Ready.";
  document.getElementById("_open").hidden = false;
  const picks = "showDirectoryPicker" in window;
  document.getElementById("_picks").hidden = !picks;
  for (const id of ["_picks-none", "_begins"]) document.getElementById(id).hidden = picks;
  await offerAgain();
}

/** The desk's files are kept in the browser, where that is allowed: see keep.js. */
function keepForNextTime() {
  navigator.serviceWorker?.register("keep.js", { updateViaCache: "none" }).catch(() => {});
}

async function openFolder(opened) {
  folder = opened;
  if (await open({ folder })) await remember(folder);
}

async function open(values) {
  let opened;
  try {
    opened = await have("open", values);
  } catch (error) {
    failed(error.message);
    return false;
  }
  await show(pageOf(location) || "/");
  if (opened.names.includes("plan.yaml")) sayOpened(opened);
  return true;
}

const MOST_NAMED = 20;
const NO_PRIORITY = "There is no priority in it. If the plan has any, their files were left out: "
  + "load this page again, and open all of them.";

/** What was opened, above the first page of it: whoever forgot a file sees it. */
function sayOpened({ names, priorities }) {
  const more = names.length - MOST_NAMED;
  const named = names.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const said = document.createElement("div");
  said.id = "_opened";
  said.className = priorities ? "told" : "wrong";
  said.append(paragraph(`Opened ${names.length === 1 ? "1 file" : `${names.length} files`}: ${named}.`));
  if (!priorities) said.append(paragraph(NO_PRIORITY));
  document.querySelector("main").prepend(said);
}

/** The folder of last time, where the browser still has it: it asks again. */
async function offerAgain() {
  const last = await kept();
  if (!last) return;
  const button = document.getElementById("_again");
  button.textContent = `Open “${last.name}” again`;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if ((await last.requestPermission({ mode: "readwrite" })) === "granted") await openFolder(last);
    else failed(NOT_ALLOWED);
  });
}

function store(mode) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("hscp-desk", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("folders");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => resolve(asked.result.transaction("folders", mode).objectStore("folders"));
  });
}

async function remember(opened) {
  try { (await store("readwrite")).put(opened, home); } catch { /* Only the next time is slower. */ }
}

async function kept() {
  try {
    const folders = await store("readonly");
    return await new Promise((resolve) => {
      const asked = folders.get(home);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(null);
    });
  } catch { return null; }
}

// --- pages --------------------------------------------------------------------------------------

/** The desk's page that an address means: it stands after the #. */
function pageOf({ hash }) {
  return hash.startsWith("#/") ? hash.slice(1) : "";
}

/** Ask the desk for a page, and show it. */
async function show(address, method = "GET", form = null, focus = true) {
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await have("ask", { address, method, form });
    if (answer.file) return download(answer);
    const page = new DOMParser().parseFromString(answer.text, "text/html");
    // So that a link opened in another tab leads to this desk.
    for (const link of page.querySelectorAll('a[href^="/"]')) link.setAttribute("href", `#${link.getAttribute("href")}`);
    document.title = page.title;
    document.body.replaceChildren(...page.body.childNodes);
    offerFiles(answer.owed ?? []);
    if (!pageOf(location)) history.replaceState(null, "", `#${answer.address}`);
    else if (pageOf(location) !== answer.address) history.pushState(null, "", `#${answer.address}`);
    scrollTo(0, 0);
    if (focus) document.getElementById("_main").focus({ preventScroll: true });
    help(async (asked) => (await have("ask", { address: asked, method: "GET", form: null })).text);
  } catch (error) {
    sayWrong(error);
  } finally {
    document.body.removeAttribute("aria-busy");
  }
}

/** What went wrong; and where the browser no longer lets the page in, how it may be again. */
function sayWrong(error) {
  const said = warn(error.message);
  if (error.name === "NotAllowedError" && folder) {
    said.append(button("Let this page in again", async () => {
      if ((await folder.requestPermission({ mode: "readwrite" })) !== "granted") return;
      said.replaceChildren("This page may change the folder again. Repeat what you did.");
    }));
  }
}

function button(text, deed) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", deed);
  return made;
}

function download({ name, type, data }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What the person was already told to take: of that a line is enough. */
const known = new Set();

/** Where no folder is open, what changed is given back as files, each as often as it is asked for:
    whether the browser kept it, only the person knows. */
function offerFiles(owed) {
  owing = owed.length > 0;
  if (!owing) return;
  const box = offer.cloneNode(true).firstElementChild;
  const told = owed.map(({ name, gone }) => `${gone ? "Delete" : "Take"} ${name}`);
  box.querySelector("details").open = told.some((each) => !known.has(each));
  told.forEach((each) => known.add(each));
  const [list, settle] = [box.querySelector("ul"), box.querySelector("button")];
  const left = new Set(owed.filter((file) => !file.gone && !file.taken).map((file) => file.name));
  list.append(...owed.map((file) => offered(file, () => {
    left.delete(file.name);
    settle.hidden = left.size > 0;
  })));
  settle.hidden = left.size > 0;
  settle.addEventListener("click", async () => {
    await have("settle", { names: owed.map((file) => file.name) });
    owing = false;
    box.remove();
    document.getElementById("_main").focus();
  });
  document.querySelector("main").prepend(box);
}

function offered({ name, gone, taken }, done) {
  const item = document.createElement("li");
  if (gone) {
    item.textContent = `Delete ${name} there`;
    return item;
  }
  const said = Object.assign(document.createElement("span"), { textContent: taken ? TAKEN : "" });
  said.setAttribute("role", "status");
  item.append(button(`Take ${name}`, async () => {
    download(await have("take", { name }));
    said.textContent = TAKEN;
    done();
  }), " ", said);
  return item;
}

const TAKEN = "Taken. If it did not arrive, take it again.";

addEventListener("beforeunload", (event) => {
  if (owing || document.body.hasAttribute("aria-busy")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const href = event.target.closest?.("a[href]")?.getAttribute("href") ?? "";
  if (!/^[/#]/.test(href) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = href.replace(/^#(?=\/)/, "");
  if (address.startsWith("/")) {
    if (!stays()) show(address);
  } else {
    const target = document.getElementById(address.slice(1));
    target?.scrollIntoView();
    target?.focus();
  }
});
document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const fields = new FormData(form, event.submitter);
  const action = event.submitter?.getAttribute("formaction") || form.getAttribute("action") || "/";
  if (form.method !== "post") return show(`${action}?${new URLSearchParams(fields)}`);
  const values = [];
  for (const [name, value] of fields) {
    values.push([name, value instanceof File ? { name: value.name, data: await value.arrayBuffer() } : value]);
  }
  show(action, "POST", values);
});
addEventListener("popstate", () => { if (pageOf(location) && !stays()) show(pageOf(location)); });
await start();
