// Begins the desk of the build that index.html names. A browser may have kept an older index.html,
// and what that names may be gone from the server.
import(`./${document.body.dataset.build}/shell.js`).catch((error) => {
  const said = document.getElementById("_what");
  said.className = "wrong";
  said.textContent = "Not all of this page could be loaded, as there may be a newer one: load it again "
    + "with Ctrl and Shift and R (on a Mac, Cmd and Shift and R).";
  const hint = Object.assign(document.createElement("p"), { className: "hint" });
  hint.textContent = `If it stays like this, tell whoever looks after this page: ${error.message}`;
  said.after(hint);
  document.getElementById("_bar").hidden = true;
});
