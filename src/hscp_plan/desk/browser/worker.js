// Runs hscp: the engine is loaded once, the plan's files are copied in before each request, and what
// a request changed is copied out, whole or not at all.
import { loadPyodide } from "./engine/pyodide.mjs";

const PLAN = "/plan";
const MOST_BYTES = 20_000_000;
let python, desk;
let folder = null;
/** What each file held when it was last read or written, and when that was. */
let known = new Map();
let given = false;

const deeds = { start, open, ask, take };

onmessage = async ({ data }) => {
  try {
    const answer = await inTurn(() => deeds[data.deed](data));
    postMessage({ number: data.number, answer });
  } catch (error) {
    postMessage({ number: data.number, error: sentence(error) });
  }
};

let turn = Promise.resolve();
function inTurn(deed) {
  const mine = turn.then(deed);
  turn = mine.catch(() => {});
  return mine;
}

function sentence(error) {
  if (error.name === "NotAllowedError") return "The browser may not read or change this folder any more. Open it again.";
  if (error.name === "NotFoundError") return "A file or the folder is not there any more. Open it again.";
  if (error.name === "QuotaExceededError") return "The disk is full. Nothing was changed.";
  return String(error.message ?? error).trim().split("\n").pop();
}

// --- the engine ---------------------------------------------------------------------------------

async function start({ base }) {
  const sizes = await (await fetch(`${base}sizes.json`)).json();
  const all = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  let loaded = 0;
  const say = (text) => postMessage({ progress: text, share: loaded / all });
  const counted = (name, response) => {
    const stream = response.body.pipeThrough(new TransformStream({
      transform(piece, to) {
        loaded += piece.byteLength;
        say(`Loading: ${(loaded / 1e6).toFixed(1)} of ${(all / 1e6).toFixed(1)} MB`);
        to.enqueue(piece);
      },
    }));
    return name.endsWith(".gz") ? stream.pipeThrough(new DecompressionStream("gzip")) : stream;
  };
  // The largest part is kept compressed, for servers that compress nothing.
  const plain = fetch.bind(self);
  self.fetch = async (asked, how) => {
    const name = String(asked.url ?? asked).split("/").pop();
    if (name !== "pyodide.asm.wasm") return plain(asked, how);
    const response = await plain(`${base}engine/pyodide.asm.wasm.gz`);
    return new Response(counted("pyodide.asm.wasm.gz", response), { headers: { "Content-Type": "application/wasm" } });
  };
  const packages = plain(`${base}packages.zip`)
    .then((response) => new Response(counted("packages.zip", response)).arrayBuffer());
  python = await loadPyodide({ indexURL: `${base}engine/` });
  self.fetch = plain;
  python.FS.mkdirTree("/site");
  python.unpackArchive(await packages, "zip", { extractDir: "/site" });
  const plan = sizes["plan.zip"] ? await (await plain(`${base}plan.zip`)).arrayBuffer() : null;
  if (plan) python.unpackArchive(plan, "zip", { extractDir: PLAN });
  else python.FS.mkdirTree(PLAN);
  say("Starting");
  python.runPython(`
import os, sys
sys.path.insert(0, "/site")
os.environ["HSCP_CACHE"] = "/cache"
from hscp_plan.desk.within import Within
`);
  desk = python.globals.get("Within")(PLAN, plan !== null);
  return { ready: plan !== null };
}

// --- the plan's files ---------------------------------------------------------------------------

async function open({ folder: opened = null, files = null }) {
  if (!opened && !files) return;
  forget();
  folder = opened;
  given = Boolean(files);
  if (folder) await pull();
  for (const file of files ?? []) await put(file);
  if (!python.FS.analyzePath(`${PLAN}/plan.yaml`).exists) {
    const where = [...known.keys()].find((name) => name.endsWith("/plan.yaml"));
    if (!where) throw new Error("There is no plan.yaml in this folder. Open the folder that holds it.");
    desk.move(`${PLAN}/${where.slice(0, -"/plan.yaml".length)}`);
  } else desk.move(PLAN);
}

function forget() {
  for (const name of files()) python.FS.unlink(`${PLAN}/${name}`);
  known = new Map();
}

/** The plan's files that Python has. */
function files(under = "") {
  const found = [];
  for (const name of python.FS.readdir(PLAN + under)) {
    if (name === "." || name === "..") continue;
    const path = `${under}/${name}`;
    const { mode } = python.FS.stat(PLAN + path);
    if (python.FS.isDir(mode)) found.push(...files(path)); else found.push(path.slice(1));
  }
  return found;
}

async function put(file) {
  if (!/\.zip$/i.test(file.name)) return keep(file.name, new Uint8Array(await file.arrayBuffer()), 0);
  python.unpackArchive(await file.arrayBuffer(), "zip", { extractDir: PLAN });
  for (const name of files()) known.set(name, { data: read(name), changed: 0 });
}

function keep(name, data, changed) {
  const path = `${PLAN}/${name}`;
  python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  python.FS.writeFile(path, data);
  known.set(name, { data, changed });
}

function read(name) {
  return python.FS.readFile(`${PLAN}/${name}`);
}

function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** The plan's files in the folder, with what opens each. */
async function* within(directory, under = "") {
  for await (const [name, handle] of directory.entries()) {
    if (name.startsWith(".")) continue;
    if (handle.kind === "directory") yield* within(handle, `${under}${name}/`);
    else if (/\.(ya?ml)$/i.test(name)) yield [under + name, handle];
  }
}

/** Copy in what changed in the folder since. */
async function pull() {
  const there = new Set();
  let bytes = 0;
  for await (const [name, handle] of within(folder)) {
    const file = await handle.getFile();
    bytes += file.size;
    if (bytes > MOST_BYTES) throw new Error("This folder holds more than a plan. Open the folder that holds plan.yaml.");
    there.add(name);
    if (known.get(name)?.changed === file.lastModified && known.get(name).data.length === file.size) continue;
    keep(name, new Uint8Array(await file.arrayBuffer()), file.lastModified);
  }
  for (const name of [...known.keys()]) {
    if (there.has(name)) continue;
    python.FS.unlink(`${PLAN}/${name}`);
    known.delete(name);
  }
}

/** What a request changed, by name: what each file holds now, or null where it is gone. */
function changes() {
  const now = new Set(files().filter((name) => /\.ya?ml$/i.test(name)));
  const found = new Map();
  for (const name of now) {
    const data = read(name);
    if (!known.has(name) || !same(known.get(name).data, data)) found.set(name, data);
  }
  return found;
}

/** Copy out what a request changed. Where somebody else changed one of the files meanwhile, nothing
    is copied out, and Python has the folder's again. */
async function push() {
  const changed = changes();
  if (!changed.size) return;
  const handles = new Map();
  for (const name of changed.keys()) {
    const handle = await handleOf(name);
    const file = await handle.getFile();
    const before = known.get(name);
    const meanwhile = before
      ? !same(new Uint8Array(await file.arrayBuffer()), before.data)
      : file.size > 0;
    if (meanwhile) {
      await back(changed);
      throw new Error(`${name} was changed by somebody else meanwhile, so nothing was recorded. Open the page again, and repeat it.`);
    }
    handles.set(name, handle);
  }
  try {
    for (const [name, handle] of handles) {
      // The browser writes beside the file, and puts it in place when that is closed.
      const stream = await handle.createWritable();
      await stream.write(changed.get(name));
      await stream.close();
      const file = await handle.getFile();
      known.set(name, { data: changed.get(name), changed: file.lastModified });
    }
  } catch (error) {
    await back(changed);
    throw error;
  }
}

async function back(changed) {
  for (const name of changed.keys()) {
    const before = known.get(name);
    if (before) python.FS.writeFile(`${PLAN}/${name}`, before.data);
    else python.FS.unlink(`${PLAN}/${name}`);
  }
}

async function handleOf(name) {
  const parts = name.split("/");
  let directory = folder;
  for (const part of parts.slice(0, -1)) directory = await directory.getDirectoryHandle(part, { create: true });
  return directory.getFileHandle(parts.at(-1), { create: true });
}

/** The files that changed, where there is no folder to put them into. */
async function take() {
  const changed = [...changes()];
  for (const [name, data] of changed) known.set(name, { data, changed: 0 });
  return changed.map(([name, data]) => ({ name: name.split("/").pop(), type: "text/yaml", data }));
}

// --- requests -----------------------------------------------------------------------------------

/** What the desk answers. Of two pages that have the same folder open, one asks at a time. */
async function ask(asked) {
  if (!folder) return answer(asked);
  return navigator.locks.request(`hscp-desk ${folder.name}`, async () => {
    await pull();
    const answered = answer(asked);
    await push();
    return answered;
  });
}

function answer({ address, method, form }) {
  const made = desk.ask(address, method, python.toPy(form ?? []));
  const answered = made.toJs({ dict_converter: Object.fromEntries });
  made.destroy();
  if (given && changes().size) answered.changed = [...changes().keys()];
  return answered;
}
