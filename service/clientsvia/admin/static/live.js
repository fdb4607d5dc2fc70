// What is under way is redrawn as it changes: the server tells that it did, and its own page is
// drawn again. Without scripts, "Look again" does the same.

const shown = document.querySelector("[data-live]");
const status = document.getElementById("status");
let stream = null;
let drawing = false;
let again = false;

async function draw() {
  if (drawing) {
    again = true;
    return;
  }
  drawing = true;
  try {
    const answer = await fetch(shown.dataset.page, { headers: { Accept: "text/html" } });
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(shown.id);
      if (fresh) replace(fresh);
    }
  } finally {
    drawing = false;
    if (again) {
      again = false;
      draw();
    }
  }
}

function replace(fresh) {
  if (shown.contains(document.activeElement) && document.activeElement.closest("audio")) return;
  const before = shown.querySelector("h2")?.textContent;
  const kept = shown.querySelector("details")?.open;
  const focused = shown.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  shown.replaceChildren(...fresh.childNodes);
  const details = shown.querySelector("details");
  if (details && kept) details.open = true;
  if (focused) shown.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  const after = shown.querySelector("h2")?.textContent;
  if (before !== after) status.textContent = after;
  tell();
}

function tell() {
  const how = document.getElementById("live-how");
  if (how && stream?.readyState === EventSource.OPEN) how.textContent = "Follows by itself";
}

function follow() {
  if (!shown || document.hidden || stream) return;
  stream = new EventSource(shown.dataset.live);
  stream.addEventListener("open", tell);
  stream.addEventListener("calls", draw);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else {
    follow();
  }
});
follow();
