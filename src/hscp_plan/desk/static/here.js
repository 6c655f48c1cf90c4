// The desk on this computer: its server answers.
import { help, warn } from "./desk.js";

const SENT = "sent";
// Whoever sent a form goes on at what answers it, and not at the top of the page.
if (sessionStorage.getItem(SENT)) document.getElementById("_main").focus();
sessionStorage.removeItem(SENT);

/** Whether the desk still answers: it may have been ended while its page was left open. */
async function answers() {
  try {
    await fetch("/static/here.js", { method: "HEAD", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

const ENDED = [
  "The desk does not answer any more, so nothing was recorded. What you typed still stands here: leave this page open.",
  `Type  hscp desk --port ${location.port}  in the window where the desk ran. Open the address that it says in another tab. Then come back to this page, and send it again.`,
];
let asking = false;
let sending = false;
// A form that no desk answers would be lost to the browser's own page, with all that was typed.
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (form.method !== "post" || sending) return;
  event.preventDefault();
  event.stopPropagation();
  if (asking) return;
  asking = true;
  sending = await answers();
  asking = false;
  if (!sending) return warn(...ENDED);
  sessionStorage.setItem(SENT, "yes");
  form.requestSubmit(submitter);
  sending = false;
}, { capture: true });
help(async (address) => (await fetch(address)).text());
