// The desk in a browser: the worker answers each request, and this page shows the answer. Nothing
// is fetched but the desk's own files, and nothing leaves the browser.
import { help, stays } from "./desk.js";

const base = new URL(".", location.href).href;
const worker = begin();
const waiting = new Map();
let number = 0;
let folder = null;
/** Whether what changed is still only here. */
let owing = false;
const what = document.getElementById("_what");
const bar = document.getElementById("_bar");

/** A worker that is held to this page's own policy, as one that comes from an address is not. */
function begin() {
  const script = new Blob([`import ${JSON.stringify(`${base}worker.js`)};`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(script), { type: "module" });
}

const listening = new Promise((resolve) => {
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
worker.onerror = (event) => failed(event.message || "the page’s own files could not be loaded");

/** Have the worker do something. */
async function have(deed, values = {}) {
  await listening;
  return new Promise((resolve, reject) => {
    waiting.set(++number, { resolve, reject });
    worker.postMessage({ number, deed, ...values });
  });
}

function failed(why) {
  what.textContent = `This did not work: ${why}`;
  what.className = "wrong";
  bar.hidden = true;
}

// --- opening the plan ---------------------------------------------------------------------------

document.getElementById("_folder").addEventListener("click", async () => {
  try {
    await openFolder(await window.showDirectoryPicker({ id: "plan", mode: "readwrite" }));
  } catch (error) {
    // An AbortError is somebody who changed their mind.
    if (error.name !== "AbortError") failed("this page was not allowed to open that folder and change its files.");
  }
});
document.getElementById("_files").addEventListener("change", async (event) => {
  await open({ files: [...event.target.files] });
  event.target.value = "";
});
await start();

async function start() {
  try {
    const { ready } = await have("start", { base });
    bar.hidden = true;
    keepForNextTime();
    if (ready) return await open({});
    what.textContent = "Ready.";
    document.getElementById("_open").hidden = false;
    document.getElementById("_folder").hidden = !("showDirectoryPicker" in window);
    await offerAgain();
  } catch (error) {
    failed(error.message);
  }
}

/** The desk's files are kept in the browser, where that is allowed: see keep.js. */
function keepForNextTime() {
  navigator.serviceWorker?.register("keep.js", { updateViaCache: "none" }).catch(() => {});
}

async function openFolder(opened) {
  if (!(await open({ folder: opened }))) return;
  folder = opened;
  await remember(opened);
}

async function open(values) {
  try {
    await have("open", values);
  } catch (error) {
    failed(error.message);
    return false;
  }
  await show(pageOf(location) || "/");
  return true;
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
  try { (await store("readwrite")).put(opened, base); } catch { /* Only the next time is slower. */ }
}

async function kept() {
  try {
    const folders = await store("readonly");
    return await new Promise((resolve) => {
      const asked = folders.get(base);
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
async function show(address, method = "GET", form = null) {
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await have("ask", { address, method, form });
    if (answer.file) return download(answer);
    const page = new DOMParser().parseFromString(answer.text, "text/html");
    // So that a link opened in another tab leads to this desk.
    for (const link of page.querySelectorAll('a[href^="/"]')) link.setAttribute("href", `#${link.getAttribute("href")}`);
    document.title = page.title;
    document.body.replaceChildren(...page.body.childNodes);
    offerFiles(answer.changed ?? []);
    if (!pageOf(location)) history.replaceState(null, "", `#${answer.address}`);
    else if (pageOf(location) !== answer.address) history.pushState(null, "", `#${answer.address}`);
    scrollTo(0, 0);
    document.getElementById("_main").focus();
    help(async (asked) => (await have("ask", { address: asked, method: "GET", form: null })).text);
  } catch (error) {
    sayWrong(error);
  } finally {
    document.body.removeAttribute("aria-busy");
  }
}

/** What went wrong, above the page as it was: what was typed there still is. */
function sayWrong(error) {
  document.getElementById("_failed")?.remove();
  const said = document.createElement("div");
  said.id = "_failed";
  said.className = "wrong";
  said.tabIndex = -1;
  said.setAttribute("role", "alert");
  said.append(Object.assign(document.createElement("p"), { textContent: error.message }));
  if (error.name === "NotAllowedError" && folder) {
    said.append(button("Let this page in again", async () => {
      if ((await folder.requestPermission({ mode: "readwrite" })) !== "granted") return;
      said.replaceChildren("This page may change the folder again. Repeat what you did.");
    }));
  }
  document.querySelector("main").prepend(said);
  said.focus();
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

/** Where no folder is open, what changed is given back as files. */
function offerFiles(changed) {
  owing = changed.length > 0;
  if (!owing) return;
  const named = (gone) => changed.filter((file) => file.gone === gone).map((file) => file.name).join(", ");
  const said = document.createElement("div");
  said.className = "wrong";
  said.id = "_owed";
  const paragraph = document.createElement("p");
  paragraph.append("What you record is only on this page until you take it. ");
  if (named(false)) paragraph.append(`Changed: ${named(false)}. `);
  if (named(true)) paragraph.append(`To be deleted: ${named(true)}. `);
  said.append(paragraph, button("Take the changed files", async () => {
    for (const file of await have("take")) download(file);
    owing = false;
    said.replaceChildren(HOW_TO_UPLOAD);
  }));
  document.querySelector("main").prepend(said);
}

const HOW_TO_UPLOAD = "The files are where your browser puts downloads. On the git host’s page open the plan’s folder, "
  + "choose “Add file” and “Upload files” (on GitLab “+” and “Upload file”), give these files, and confirm: "
  + "they take the place of the old ones.";

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
  const action = form.getAttribute("action") || "/";
  if (form.method !== "post") return show(`${action}?${new URLSearchParams(fields)}`);
  const values = [];
  for (const [name, value] of fields) {
    values.push([name, value instanceof File ? { name: value.name, data: await value.arrayBuffer() } : value]);
  }
  show(action, "POST", values);
});
addEventListener("popstate", () => { if (pageOf(location) && !stays()) show(pageOf(location)); });
