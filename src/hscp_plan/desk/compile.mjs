// Has the engine compile Python, as none but its own reads what it has compiled: in each folder that
// is given, what every source comes to, beside it.
import { pathToFileURL } from "node:url";

const COMPILE = `
from compileall import compile_dir
from py_compile import PycInvalidationMode

compile_dir("/sources", stripdir="/sources", legacy=True, quiet=2,
            invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)`;
const [engine, ...folders] = process.argv.slice(2);

/** The engine. Of one hash seed, the same sources give the same bytes. Where in a line an error was,
    which no message of hscp says, would be a quarter of them. */
async function load() {
  const { loadPyodide } = await import(pathToFileURL(`${engine}/pyodide.mjs`));
  const env = { HOME: "/", PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" };
  return loadPyodide({ indexURL: `${engine}/`, env });
}

try {
  const python = await load();
  for (const folder of folders) {
    python.mountNodeFS("/sources", folder);
    if (!python.runPython(COMPILE)) throw new Error(`not all of ${folder} is Python`);
    python.FS.unmount("/sources");
  }
} catch (error) {
  // Of what Python raises the last line says what it is.
  console.error(`error: ${error.message.trim().split("\n").pop()}`);
  process.exitCode = 1;
}
