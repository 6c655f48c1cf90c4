// Helps, and nothing more: every page works without it.

/** See to a page that was just shown. `ask` fetches a page of the desk as a text. */
export function help(ask, root = document) {
  // The summary of what is wrong is read first.
  (root.querySelector("[data-focus]") ?? root.querySelector("[data-cursor]"))?.focus();
  goToLine(root.querySelector("[data-line]"));
  findAsYouType(ask, root);
  keepWhatIsTyped(root);
  takeWhatIsDropped(root);
}

/** Say what went wrong above the page as it was: what was typed there still is. */
export function warn(...lines) {
  document.getElementById("_failed")?.remove();
  const said = document.createElement("div");
  said.id = "_failed";
  said.className = "wrong";
  said.tabIndex = -1;
  said.setAttribute("role", "alert");
  said.append(...lines.map(paragraph));
  document.querySelector("main").prepend(said);
  said.focus();
  return said;
}

export function paragraph(text) {
  return Object.assign(document.createElement("p"), { textContent: text });
}

/** Files may be dropped anywhere on a page that takes some. */
function takeWhatIsDropped(root) {
  const field = root.querySelector("main input[type=file]");
  if (!field) return;
  const page = field.closest("main"), area = field.closest(".drop");
  for (const [what, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    page.addEventListener(what, (event) => {
      event.preventDefault();
      area.classList.toggle("over", over);
    });
  }
  page.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.focus();
  });
}

/** Where lines of a file are shown, the cursor stands in the one that is to be mended. */
function goToLine(field) {
  const before = field?.value.split("\n").slice(0, field.dataset.line).join("\n").length ?? 0;
  if (before) field.setSelectionRange(before + 1, before + 1);
}

function findAsYouType(ask, root) {
  const field = root.querySelector("#_find");
  const found = root.querySelector("#_found");
  if (!field || !found) return;
  let turn = 0;
  field.addEventListener("input", async () => {
    const mine = ++turn;
    const text = await ask(`/find?${new URLSearchParams(new FormData(field.form))}`);
    if (mine !== turn) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    found.replaceChildren(...page.getElementById("_found").childNodes);
  });
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

let unsaved = false;
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

/** Whether a person would rather stay, as what they typed is not recorded yet. */
export function stays() {
  return unsaved && !confirm("What you typed is not recorded yet. Leave this page?");
}

/** What was typed and not recorded is not lost by a slip. */
function keepWhatIsTyped(root) {
  unsaved = Boolean(root.querySelector("form[method=post]") && root.querySelector("[data-focus], .look"));
  for (const form of root.querySelectorAll("form[method=post]")) {
    form.addEventListener("input", () => { unsaved = true; });
    form.addEventListener("submit", () => { unsaved = false; });
  }
}
