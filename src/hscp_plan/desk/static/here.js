// The desk on this computer: its server answers.
import { help } from "./desk.js";

const SENT = "sent";
// Whoever sent a form goes on at what answers it, and not at the top of the page.
if (sessionStorage.getItem(SENT)) document.getElementById("_main").focus();
sessionStorage.removeItem(SENT);
document.addEventListener("submit", ({ target }) => {
  if (target.method === "post") sessionStorage.setItem(SENT, "yes");
});
help(async (address) => (await fetch(address)).text());
