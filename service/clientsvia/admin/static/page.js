// What every page does better with scripts: copying, leaving what was typed, confirming.
// A page needs none of it.

export function announce(text) {
  const status = document.getElementById("status");
  if (status) {
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = text; });
  }
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    button.textContent = "Copied";
    announce(`Copied: ${button.dataset.what ?? "the text"}`);
  } catch {
    getSelection().selectAllChildren(source);
    button.textContent = "Press Ctrl+C";
    announce("The text is selected: press Ctrl+C");
  }
  setTimeout(() => { button.textContent = label; }, 2500);
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

// A form that was changed is not left by a slip.
for (const form of document.querySelectorAll("form[data-keep]")) {
  let changed = form.querySelector('[aria-invalid="true"]') !== null;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

document.getElementById("errors")?.focus();
