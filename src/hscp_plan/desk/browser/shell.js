// The desk in a browser: the worker answers each request, and this page shows the answer. Nothing
// is fetched but the desk's own files, and nothing leaves the browser.
import { help } from "./desk.js";

const worker = new Worker("worker.js", { type: "module" });
const waiting = new Map();
let number = 0;
const opener = document.querySelector("main");
const what = document.getElementById("_what");
const bar = document.getElementById("_bar");

worker.onmessage = ({ data }) => {
  if (data.progress) {
    what.textContent = data.progress;
    bar.value = data.share;
    return;
  }
  const { resolve, reject } = waiting.get(data.number);
  waiting.delete(data.number);
  if (data.error) reject(new Error(data.error)); else resolve(data.answer);
};
worker.onerror = (event) => failed(event.message);

/** Have the worker do something. */
function have(deed, values = {}, give = []) {
  return new Promise((resolve, reject) => {
    waiting.set(++number, { resolve, reject });
    worker.postMessage({ number, deed, ...values }, give);
  });
}

function failed(why) {
  what.textContent = `This did not work: ${why}`;
  bar.hidden = true;
}

// --- opening the plan ---------------------------------------------------------------------------

await start();

async function start() {
  try {
    const { ready } = await have("start", { base: new URL(".", location.href).href });
    bar.hidden = true;
    if (ready) return open({});
    what.textContent = "Ready.";
    document.getElementById("_open").hidden = false;
    document.getElementById("_folder").hidden = !("showDirectoryPicker" in window);
    await offerAgain();
  } catch (error) {
    failed(error.message);
  }
}

document.getElementById("_folder").addEventListener("click", async () => {
  const folder = await window.showDirectoryPicker({ id: "plan", mode: "readwrite" }).catch(() => null);
  if (folder) await openFolder(folder);
});
document.getElementById("_files").addEventListener("change", async (event) => {
  await open({ files: [...event.target.files] });
});

async function openFolder(folder) {
  if (await open({ folder })) await remember(folder);
}

async function open(values) {
  try {
    await have("open", values);
    await show(location.hash.slice(1) || "/");
    return true;
  } catch (error) {
    failed(error.message);
    return false;
  }
}

/** The folder of last time, where the browser still has it: it asks again. */
async function offerAgain() {
  const folder = await kept();
  if (!folder) return;
  const button = document.getElementById("_again");
  button.textContent = `Open “${folder.name}” again`;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if ((await folder.requestPermission({ mode: "readwrite" })) === "granted") await openFolder(folder);
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

async function remember(folder) {
  try { (await store("readwrite")).put(folder, "last"); } catch { /* Only the next time is slower. */ }
}

async function kept() {
  try {
    const folders = await store("readonly");
    return await new Promise((resolve) => {
      const asked = folders.get("last");
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(null);
    });
  } catch { return null; }
}

// --- pages --------------------------------------------------------------------------------------

/** Ask the desk for a page, and show it. */
async function show(address, method = "GET", form = null) {
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await have("ask", { address, method, form });
    if (answer.file) return download(answer);
    const page = new DOMParser().parseFromString(answer.text, "text/html");
    document.title = page.title;
    document.body.replaceChildren(...page.body.childNodes);
    if (answer.changed) offerFiles(answer.changed);
    if (location.hash.slice(1) !== answer.address) history.pushState(null, "", `#${answer.address}`);
    scrollTo(0, 0);
    document.getElementById("_main").focus();
    help(async (asked) => (await have("ask", { address: asked, method: "GET", form: null })).text);
  } catch (error) {
    const said = document.createElement("p");
    said.className = "wrong";
    said.setAttribute("role", "alert");
    said.textContent = error.message;
    (document.querySelector("main") ?? opener).prepend(said);
  } finally {
    document.body.removeAttribute("aria-busy");
  }
}

function download({ name, type, data }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Where no folder is open, what changed is given back as files. */
function offerFiles(names) {
  const said = document.createElement("p");
  said.className = "wrong";
  said.append(`Changed here, and not in your files yet: ${names.join(", ")}. `);
  const button = document.createElement("button");
  button.textContent = "Take the changed files";
  button.addEventListener("click", async () => {
    for (const file of await have("take")) download(file);
  });
  said.append(button, " Then upload them on the page of your git host, in place of the old ones.");
  document.querySelector("main").prepend(said);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const address = link?.getAttribute("href");
  if (!address?.startsWith("/") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(address);
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
addEventListener("popstate", () => { if (location.hash) show(location.hash.slice(1)); });
