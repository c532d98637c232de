// Conveniences only: every page is complete without this file.
"use strict";
const button = (label) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  return made;
};

// Show or hide a password. It is hidden again before it is sent, so that browsers treat it as a password.
for (const input of document.querySelectorAll("input[data-reveal]")) {
  const toggle = button("Show");
  const set = (shown) => {
    input.type = shown ? "text" : "password";
    toggle.textContent = shown ? "Hide" : "Show";
    toggle.setAttribute("aria-label", shown ? "Hide password" : "Show password");
  };
  toggle.className = "reveal";
  toggle.setAttribute("aria-controls", input.id);
  toggle.addEventListener("click", () => set(input.type === "password"));
  input.form.addEventListener("submit", () => set(false));
  const group = document.createElement("div");
  group.className = "reveal-group";
  input.replaceWith(group);
  group.append(input, toggle);
  set(false);
  if (input.autofocus) input.focus();
}

// Copy the recovery codes.
for (const list of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const copy = button(list.dataset.copy);
  copy.className = "secondary copy";
  copy.addEventListener("click", async () => {
    const lines = Array.from(list.querySelectorAll("code"), (code) => code.textContent);
    await navigator.clipboard.writeText(lines.join("\n"));
    copy.textContent = list.dataset.copied;
  });
  list.after(copy);
}
