// The engine of the built desk, for tests: runs commands as the shell does, each over a copy of a
// folder in the engine's own memory, as in a browser. A line of JSON in, a line of JSON out.
import fs from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [engine, packages, program] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${engine}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${engine}/` });
python.unpackArchive(new Uint8Array(fs.readFileSync(packages)), "gztar", { extractDir: "/site" });
const run = python.runPython(fs.readFileSync(program, "utf8"));

/** Every file and folder under one, the folders first. */
function* within(files, folder) {
  for (const name of files.readdirSync(folder)) {
    const path = `${folder}/${name}`;
    if (name === "." || name === "..") continue;
    const inside = files.isFolder(path);
    yield [path, inside];
    if (inside) yield* within(files, path);
  }
}

const disk = {
  readdirSync: fs.readdirSync, read: fs.readFileSync, write: fs.writeFileSync,
  make: (path) => fs.mkdirSync(path, { recursive: true }),
  isFolder: (path) => fs.lstatSync(path).isDirectory(),
  remove: (path) => fs.rmSync(path, { recursive: true }),
};
const memory = {
  readdirSync: python.FS.readdir.bind(python.FS), read: (path) => python.FS.readFile(path),
  write: (path, data) => python.FS.writeFile(path, data),
  make: (path) => python.FS.mkdirTree(path),
  isFolder: (path) => python.FS.isDir(python.FS.lstat(path).mode),
  remove: (path) => (memory.isFolder(path) ? python.FS.rmdir(path) : python.FS.unlink(path)),
};

/** Make one folder hold what the other does. */
function copy(from, to, folder) {
  to.make(folder);
  const wanted = new Map(within(from, folder));
  const there = [...within(to, folder)].reverse();
  for (const [path] of there) if (!wanted.has(path)) to.remove(path);
  for (const [path, inside] of wanted) {
    if (inside) to.make(path);
    else {
      const data = from.read(path);
      if (!there.some(([other]) => other === path) || Buffer.compare(to.read(path), data)) to.write(path, data);
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { words, folder, environment } = JSON.parse(line);
  copy(disk, memory, folder);
  const [status, output] = run(python.toPy(words), folder, python.toPy(environment)).toJs();
  copy(memory, disk, folder);
  process.stdout.write(`${JSON.stringify({ status, output })}\n`);
}
