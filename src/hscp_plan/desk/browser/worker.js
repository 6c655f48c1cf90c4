// Runs hscp: the engine is loaded once, the plan's files are copied in before each request, and what
// a request changed is copied out, whole or not at all.
import { loadPyodide } from "./pyodide.mjs";

const PLAN = "/plan";
const MOST_BYTES = 20_000_000;
const DEEPEST = 3;
const MOST_ENTRIES = 5_000;
/** What a plan's file is called, and what looks like one: hscp says how that should be called. */
const LIKE_A_PLANS = /^[^.].*\.ya?ml/i;
/** What is copied in and out: those, and what of a document has no place in a plan. */
const OURS = /^[^.].*\.ya?ml|^not-placed\.md$/i;
const HEAD = "plan.yaml";
let python, desk;
let folder = null;
/** What each file held when it was last read or written, and when that was. */
let known = new Map();
/** Where there is no folder: what each file holds where the plan is kept, as far as is known here;
    and what was last taken of it. */
let given = null;
const taken = new Map();

const deeds = { start, open, ask, take, settle };

// A message of the page that had this worker made comes by its scope, whatever module that is in.
self.onmessage = async ({ data }) => {
  try {
    const answer = await inTurn(() => deeds[data.deed](data));
    postMessage({ number: data.number, answer });
  } catch (error) {
    postMessage({ number: data.number, error: sentence(error), name: error.name });
  }
};
postMessage({ listening: true });

let turn = Promise.resolve();
function inTurn(deed) {
  const mine = turn.then(deed);
  turn = mine.catch(() => {});
  return mine;
}

const SENTENCES = {
  NotAllowedError: "The browser does not let this page into the folder any more. Nothing was recorded.",
  NoModificationAllowedError: "Another program has a file of the plan open. Nothing was recorded: close it there, and repeat this.",
  NotFoundError: "A file or the folder is not there any more. Nothing was recorded: repeat this, or load this page again and open the folder where it is now.",
  QuotaExceededError: "The disk is full. Nothing was recorded: make room, and repeat this.",
};

function sentence(error) {
  if (SENTENCES[error.name]) return SENTENCES[error.name];
  if (error.pyodide_fatal_error) return "This page has come to a stop. Your files are as they were: load it again.";
  // Of what Python raises the last line says what it is, after the name of its kind.
  return String(error.message ?? error).trim().split("\n").pop().replace(/^[\w.]+Error: /, "");
}

// --- the engine ---------------------------------------------------------------------------------

async function start({ base }) {
  const plain = fetch.bind(self);
  const got = async (name) => {
    const response = await plain(base + name);
    if (!response.ok) throw new Error(`${name} could not be loaded (${response.status}).`);
    return response;
  };
  const sizes = (await (await got("files.json")).json()).loaded;
  const all = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  let loaded = 0;
  const say = (text) => postMessage({ progress: text, share: loaded / all });
  const counted = async (name) => {
    const response = await got(name);
    const what = /^(packages|plan)/.test(name) ? "hscp" : "what runs Python";
    return response.body.pipeThrough(new TransformStream({
      transform(piece, to) {
        loaded += piece.byteLength;
        say(`Loading ${what}: ${(loaded / 1e6).toFixed(1)} of ${(all / 1e6).toFixed(1)} MB`);
        to.enqueue(piece);
      },
    }));
  };
  // The largest are kept compressed, for servers that compress nothing.
  const unpacked = async (name) => (await counted(name)).pipeThrough(new DecompressionStream("gzip"));
  const bytes = async (name) => new Uint8Array(await new Response(await unpacked(name)).arrayBuffer());
  // The engine fetches its own files, so that what it fetches is counted here.
  self.fetch = async (asked, how) => {
    const name = String(asked.url ?? asked).slice(base.length);
    if (sizes[`${name}.gz`]) {
      return new Response(await unpacked(`${name}.gz`), { headers: { "Content-Type": "application/wasm" } });
    }
    return sizes[name] ? new Response(await counted(name)) : plain(asked, how);
  };
  const packages = bytes("packages.tar.gz");
  const plan = sizes["plan.tar.gz"] ? bytes("plan.tar.gz") : null;
  python = await loadPyodide({ indexURL: base });
  self.fetch = plain;
  place(await packages, "/site");
  python.FS.mkdirTree(PLAN);
  if (plan) place(await plan, PLAN);
  say("Starting");
  python.runPython(`
import os, sys
sys.path.insert(0, "/site")
os.chdir("${PLAN}")
os.environ["HSCP_CACHE"] = "/cache"
from hscp_plan.desk.within import Within
`);
  desk = python.globals.get("Within")(PLAN, plan !== null);
  // What the first page needs is loaded while the person chooses a folder.
  if (!plan) inTurn(() => desk.warm());
  return { ready: plan !== null };
}

/** Put the files of a tar into Python's memory. */
function place(tar, folder) {
  const decoder = new TextDecoder();
  const text = (at, length) => decoder.decode(tar.subarray(at, at + length)).replace(/\0.*/s, "");
  for (let at = 0, size; tar[at]; at += 512 * (1 + Math.ceil(size / 512))) {
    const path = [folder, text(at + 345, 155), text(at, 100)].filter(Boolean).join("/");
    size = parseInt(text(at + 124, 12), 8);
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, tar.subarray(at + 512, at + 512 + size), { canOwn: true });
  }
}

// --- opening a plan -----------------------------------------------------------------------------

/** Open a folder, or files; of no files a plan is begun. */
async function open({ folder: opened = null, files = null }) {
  const directory = opened && await planWithin(opened);
  const held = files && (files.length ? await planAmong(files) : []);
  for (const path of allFiles()) python.FS.unlink(`${PLAN}/${path}`);
  known = new Map();
  folder = directory;
  if (folder) await pull();
  for (const [name, data] of held ?? []) keep(name, data, 0);
  given = held && new Map(held);
  return { names: planFiles(), priorities: desk.move(PLAN, Boolean(folder)) };
}

const NONE = "There is no plan.yaml in what you opened. Open the folder that holds it.";
const MORE = "This folder holds far more than a plan. Open the folder that holds plan.yaml.";

/** Raise an error where there are several plans, by the names of their first files. */
function theOne(heads) {
  if (heads.length < 2) return;
  const names = [...heads].sort().join(", ");
  throw new Error(`There is more than one plan here: ${names}. Open a folder, or give files, with one of them alone.`);
}

/** The folder that holds plan.yaml, as near the top as there is one; else the one that was opened,
    where nothing in it looks like a plan's, so that a plan may begin there. */
async function planWithin(top) {
  let level = [["", top]];
  let seen = 0;
  let empty = true;
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    const found = [];
    const below = [];
    for (const [path, directory] of level) {
      for await (const [name, handle] of directory.entries()) {
        seen += 1;
        if (seen > MOST_ENTRIES) throw new Error(MORE);
        if (handle.kind === "file" && name.toLowerCase() === HEAD) found.push([path + name, directory]);
        if (handle.kind === "file" && !depth && LIKE_A_PLANS.test(name)) empty = false;
        if (handle.kind === "directory" && !name.startsWith(".")) below.push([`${path}${name}/`, handle]);
      }
    }
    theOne(found.map(([path]) => path));
    if (found.length) return found[0][1];
    level = below;
  }
  if (empty) return top;
  throw new Error(NONE);
}

/** The plan's files among those that were given, of which some may be zips. */
async function planAmong(files) {
  const all = new Map();
  const add = (name, data) => {
    // Of two plans one would be made, and nobody would know of what.
    if (all.has(name)) throw new Error(`${name} was given twice. Give one plan, each file once.`);
    all.set(name, data);
  };
  for (const file of files) {
    const data = new Uint8Array(await file.arrayBuffer());
    if (!/\.zip$/i.test(file.name)) add(file.name, data);
    else for (const [name, part] of unpacked(file.name, data)) add(name, part);
  }
  const heads = [...all.keys()].filter((name) => /(^|\/)plan\.yaml$/i.test(name));
  const depth = Math.min(...heads.map((name) => name.split("/").length));
  const top = heads.filter((name) => name.split("/").length === depth);
  theOne(top);
  if (!top.length) throw new Error(NONE);
  const under = top[0].slice(0, -HEAD.length);
  const inside = [...all].filter(([name]) => name.startsWith(under));
  return inside.map(([name, data]) => [name.slice(under.length), data])
    .filter(([name]) => OURS.test(name) && !name.includes("/"));
}

function unpacked(name, data) {
  const made = desk.unpack(name, python.toPy(data), MOST_BYTES);
  const parts = made.toJs({ dict_converter: Object.fromEntries });
  made.destroy();
  return Object.entries(parts);
}

// --- the plan's files ---------------------------------------------------------------------------

/** The plan's files that Python has. */
function planFiles() {
  return python.FS.readdir(PLAN).filter((name) => OURS.test(name)).sort();
}

function keep(name, data, changed) {
  python.FS.writeFile(`${PLAN}/${name}`, data);
  known.set(name, { data, changed });
}

/** Whether two files hold the same; one that is not there is undefined. */
function same(one, other) {
  return one === other || (one?.length === other?.length && one.every((byte, at) => byte === other[at]));
}

async function bytesOf(handle) {
  return new Uint8Array(await (await handle.getFile()).arrayBuffer());
}

/** The paths of all files that Python has in the plan's folder. */
function allFiles(under = "") {
  const names = python.FS.readdir(`${PLAN}/${under}`).filter((name) => !/^\.\.?$/.test(name));
  return names.flatMap((name) => {
    const path = under + name;
    return python.FS.isDir(python.FS.stat(`${PLAN}/${path}`).mode) ? allFiles(`${path}/`) : [path];
  });
}

/** While there is no plan, what else stands in the folder: Python has it by name alone, so that a plan
    that begins takes the place of nothing. */
async function putNames(directory = folder, under = "") {
  for await (const [name, handle] of directory.entries()) {
    if (name === ".git" || (!under && OURS.test(name))) continue;
    if (handle.kind === "directory") {
      if (!under) await putNames(handle, `${name}/`);
      continue;
    }
    python.FS.mkdirTree(`${PLAN}/${under}`);
    python.FS.writeFile(`${PLAN}/${under}${name}`, "");
  }
}

/** Copy in what changed in the folder since. */
async function pull() {
  const there = new Set();
  let bytes = 0;
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind !== "file" || !OURS.test(name)) continue;
    const file = await handle.getFile();
    bytes += file.size;
    if (bytes > MOST_BYTES) throw new Error(MORE);
    there.add(name);
    const before = known.get(name);
    if (before?.changed === file.lastModified && before.data.length === file.size) continue;
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
  const found = new Map();
  const now = new Set(planFiles());
  for (const name of now) {
    const data = python.FS.readFile(`${PLAN}/${name}`);
    if (!known.has(name) || !same(known.get(name).data, data)) found.set(name, data);
  }
  for (const name of known.keys()) if (!now.has(name)) found.set(name, null);
  return found;
}

/** Let Python have again what the folder has. */
function back(changed) {
  for (const name of changed.keys()) {
    const before = known.get(name);
    if (before) python.FS.writeFile(`${PLAN}/${name}`, before.data);
    else python.FS.unlink(`${PLAN}/${name}`);
  }
}

/** The folder that a file stands in, made where it is not there. */
async function folderOf(path) {
  let directory = folder;
  for (const name of path.split("/").slice(0, -1)) {
    directory = await directory.getDirectoryHandle(name, { create: true });
  }
  return directory;
}

/** One file that is to be changed in the folder. The browser writes beside it, and puts that in its
    place when it is closed. A new file gets its name when all of it is written: a page that is closed
    before leaves no file of the plan that holds nothing. */
class Writing {
  constructor(name, data) {
    this.path = name;
    this.name = name.split("/").pop();
    this.data = data;
    this.before = known.get(name)?.data;
    this.handle = this.stream = null;
    /** What the file that was made is called by now. */
    this.made = null;
    this.done = false;
  }

  async begin() {
    this.folder = await folderOf(this.path);
    this.handle = await this.folder.getFileHandle(this.name).catch((error) => {
      if (error.name !== "NotFoundError") throw error;
      return null;
    });
    const now = this.handle ? await bytesOf(this.handle) : undefined;
    if (!same(now, this.before)) {
      // Its time may be that of what was known: it is read again, whatever that says.
      if (this.before) known.get(this.name).changed = null;
      throw new Error(`${this.name} was changed by somebody else meanwhile, so nothing was recorded. Repeat it: theirs is kept.`);
    }
    if (this.data === null) return;
    if (!this.before) {
      this.made = `.${this.name}.new`;
      this.handle = await this.folder.getFileHandle(this.made, { create: true });
    }
    this.stream = await this.handle.createWritable();
    await this.stream.write(this.data);
  }

  async finish() {
    if (this.data === null) await this.folder.removeEntry(this.name);
    else await this.stream.close();
    if (this.made) {
      await this.handle.move(this.name);
      this.made = this.name;
    }
    this.done = true;
  }

  async undo() {
    if (!this.done && this.stream) await this.stream.abort().catch(() => {});
    if (this.made) await this.folder.removeEntry(this.made);
    else if (this.done) await this.restore();
    // A folder that was made for it goes too: one that holds anything stays.
    if (this.path !== this.name) await folder.removeEntry(this.path.split("/")[0]).catch(() => {});
  }

  async restore() {
    const stream = await (await this.folder.getFileHandle(this.name, { create: true })).createWritable();
    await stream.write(this.before);
    await stream.close();
  }

  async note() {
    // Where that cannot be asked any more, the file is read again next time.
    const file = this.data === null ? null : await this.handle.getFile().catch(() => null);
    if (OURS.test(this.path)) note(this.path, this.data, file?.lastModified);
  }
}

/** Copy out what a request changed, all of it or nothing; of a plan that begins, also what stands
    beside its own files and is not among the paths that were there. */
async function push(there = null) {
  const changed = changes();
  for (const path of there ? allFiles() : []) {
    if (!there.has(path)) changed.set(path, python.FS.readFile(`${PLAN}/${path}`));
  }
  const writings = [...changed].map(([name, data]) => new Writing(name, data));
  try {
    for (const writing of writings) await writing.begin();
    // plan.yaml, which makes it a plan, comes last.
    const [heads, others] = [true, false].map((is) => writings.filter(({ path }) => (path === HEAD) === is));
    await together(others.map((writing) => writing.finish()));
    await together(heads.map((writing) => writing.finish()));
  } catch (error) {
    back(changed);
    const stuck = [];
    for (const writing of writings) await writing.undo().catch(() => stuck.push(writing.path));
    if (!stuck.length) throw error;
    throw new Error(`Not all could be recorded, and what was could not be taken back. Look at ${stuck.join(", ")}.`);
  }
  for (const writing of writings) await writing.note();
}

/** Wait for all, and then say what the first that failed said. */
async function together(deeds) {
  const failed = (await Promise.allSettled(deeds)).find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}

function note(name, data, changed) {
  if (data === null) known.delete(name);
  else known.set(name, { data, changed });
}

// --- where no folder is open ----------------------------------------------------------------------

/** What is not yet where the plan is kept: each file's name, whether it is to be deleted there, and
    whether it was taken as it is now. */
function owed() {
  const names = [...new Set([...known.keys(), ...given.keys()])].sort();
  return names.filter((name) => !same(known.get(name)?.data, given.get(name)))
    .map((name) => ({ name, gone: !known.has(name), taken: same(known.get(name)?.data, taken.get(name)) }));
}

/** A file to take away. It stays owed until it is settled: a browser may have blocked it. */
function take({ name }) {
  const { data } = known.get(name);
  taken.set(name, data);
  return { name, type: "text/yaml", data };
}

/** The person says that these are where the plan is kept, as they were taken. */
function settle({ names }) {
  for (const name of names) {
    if (known.has(name)) given.set(name, taken.get(name));
    else given.delete(name);
  }
}

// --- requests -----------------------------------------------------------------------------------

/** What the desk answers. Of two pages that have the same folder open, one asks at a time. */
async function ask(asked) {
  if (!folder) return answer(asked);
  return navigator.locks.request(`hscp-desk ${folder.name}`, async () => {
    await pull();
    const begins = !known.has(HEAD);
    if (begins) await putNames();
    const there = begins && new Set(allFiles());
    const answered = answer(asked);
    await push(there);
    return answered;
  });
}

function answer({ address, method, form }) {
  let made;
  try {
    made = desk.ask(address, method, python.toPy(form ?? []));
  } catch (error) {
    back(changes());
    throw error;
  }
  const answered = made.toJs({ dict_converter: Object.fromEntries });
  made.destroy();
  if (given) {
    for (const [name, data] of changes()) note(name, data, 0);
    answered.owed = owed();
  }
  return answered;
}
