// The Try it tab as a live conversation: each step is the page's own answer to the form, of which
// what is new is put below what was said. Without this every step is a page.

import { announce } from "./page.js";

const PARTS = ["step", "moves"];

function take(page, anew) {
  const talk = document.getElementById("talk");
  if (anew) talk.replaceChildren();
  const old = document.getElementById("step");
  talk.lastElementChild?.append(...old.querySelectorAll("details"));
  talk.append(...page.querySelectorAll("#talk > li[data-new]"));
  for (const id of PARTS) document.getElementById(id).replaceWith(page.getElementById(id));
  (talk.lastElementChild ?? talk).scrollIntoView({ block: "nearest" });
  const next = document.getElementById("text") ?? document.querySelector("#moves button");
  next?.focus();
  if (!next) announce(document.getElementById("moves").textContent.trim());
}

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  document.getElementById("talk").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("moves")) throw new Error("another page");
    take(page, button.value === "ring" && answer.ok);
  } catch {
    // Not ours to mend: send it as without scripts, so that the service's own words are read.
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    form.submit();
  } finally {
    document.getElementById("talk")?.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  send(form, event.submitter).finally(() => { delete form.dataset.sent; });
});
