// The greeting as it is typed: what a caller would hear, without saving it.

const form = document.querySelector("form[data-preview]");
const spoken = document.getElementById("preview");
const why = document.getElementById("preview-why");
let waiting = 0;
let asked = 0;

async function preview() {
  const mine = ++asked;
  const typed = (name) => form.elements[name].value;
  const answer = await fetch(form.dataset.preview, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Form-Token": typed("form_token") },
    body: JSON.stringify({
      agent_name: typed("agent.name"), greeting: typed("greeting"), disclosure: typed("disclosure"),
    }),
  }).catch(() => null);
  if (mine !== asked || answer === null) return;
  const told = await answer.json().catch(() => ({}));
  if (mine !== asked) return;
  if (answer.ok) {
    spoken.textContent = told.said.join(" ");
    why.textContent = `${told.why}. Not saved yet.`;
  } else {
    why.textContent = told.detail ?? "No preview now: go on, and save as usual.";
  }
}

for (const name of ["agent.name", "greeting", "disclosure"]) {
  form.elements[name].addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(preview, 300);
  });
}
