// Keys, selection and small conveniences. Every form works without it.
"use strict";

const keysAreOn = () => localStorage.getItem("splitship-keys") !== "off";
const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-row]")];
let waitsForPage = false;

function current() {
  return rows().find((row) => row.classList.contains("current"));
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  for (const row of all) row.classList.toggle("current", row === next);
  const link = next.querySelector("a");
  if (link) link.focus();
  next.scrollIntoView({block: "nearest"});
}

function count() {
  const output = document.getElementById("selected");
  if (output) output.textContent = document.querySelectorAll("#cases input[name=case]:checked").length;
}

function go(key) {
  const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  if (link) link.click();
  return Boolean(link);
}

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target || target.disabled) return false;
  if (target.matches("input:not([type=submit]), select, textarea")) target.focus();
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !keysAreOn() || isTyping(event.target)) return;
  const key = event.key;
  if (waitsForPage) {
    waitsForPage = false;
    if (go(key)) event.preventDefault();
    return;
  }
  if (key === "g") waitsForPage = true;
  else if (key === "j" || key === "k") { move(key === "j" ? 1 : -1); event.preventDefault(); }
  else if (key === "x" && current()) {
    const box = current().querySelector("input[type=checkbox]");
    if (box) { box.checked = !box.checked; count(); }
  }
  else if (key === "?") { document.getElementById("keys")?.showModal(); event.preventDefault(); }
  else if (press(key)) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) for (const other of rows()) other.classList.toggle("current", other === row);
});

document.addEventListener("change", (event) => {
  if (event.target.id === "all") {
    for (const box of document.querySelectorAll("#cases input[name=case]")) box.checked = event.target.checked;
  }
  if (event.target.id === "keys-on") localStorage.setItem("splitship-keys", event.target.checked ? "on" : "off");
  count();
});

document.getElementById("keys-button")?.addEventListener("click", () => document.getElementById("keys").showModal());
const switchOfKeys = document.getElementById("keys-on");
if (switchOfKeys) switchOfKeys.checked = keysAreOn();
