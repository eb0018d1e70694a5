// Enhances what works without it: GOV.UK Frontend's components on every page.
import { initAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A letter presses what names it, within a part that says so: not while something is being written, and only while the
// focus is there or on a heading that took it, so that no key of a reading aid is taken away.
document.addEventListener("keydown", (event) => {
  const at = event.target;
  const part = document.querySelector("[data-keys]");
  if (!part || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
  if (at.matches("input, textarea, select, [contenteditable]")) return;
  if (!part.contains(at) && !at.matches("h1[tabindex]")) return;
  const named = part.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!named) return;
  event.preventDefault();
  named.click();
});
