// Keeps this build's files in the browser, so that the desk opens quickly and without a network.
// The build puts BUILD, its files with their digests, before this. Another build has other bytes
// here, is kept beside this one, and takes its place when no page has this one open.
const KEPT = `hscp-desk ${registration.scope} `;
const CACHE = KEPT + BUILD.digest;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const name = origin + pathname === registration.scope ? "index.html" : (origin + pathname).slice(registration.scope.length);
  if (event.request.method === "GET" && BUILD.files[name]) event.respondWith(serve(name, event.request));
});

async function serve(name, request) {
  const held = await (await caches.open(CACHE)).match(new URL(name, registration.scope));
  return held ?? fetch(request);
}

async function keep() {
  const cache = await caches.open(CACHE);
  for (const [name, digest] of Object.entries(BUILD.files)) {
    const address = new URL(name, registration.scope);
    if (await cache.match(address)) continue;
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok || (await digestOf(response.clone())) !== digest) throw new Error(`${name} is not of this build`);
    await cache.put(address, response);
  }
}

async function digestOf(response) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name.startsWith(KEPT) && name !== CACHE) await caches.delete(name);
}
