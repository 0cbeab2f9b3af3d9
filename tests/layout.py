"""What a browser says of the text of a page: where it lies over other text, and where it leaves its box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["collisions", "opened_up", "outside", "violations"]

_LINES = """
const lines = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const holder = node.parentElement;
  if (!node.data.trim() || holder.closest("script, style, noscript, select, datalist")) continue;
  if (holder.closest("thead")?.getBoundingClientRect().width <= 2) continue;
  if (!holder.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  for (const {left, right, top, bottom} of range.getClientRects()) {
    if (right - left > 0.5) lines.push({node, holder, left, right, top, bottom, text: node.data.trim().slice(0, 60)});
  }
}
"""
_COLLISIONS = (
    "() => {"
    + _LINES
    + """
  lines.sort((one, other) => one.top - other.top);
  const found = [];
  for (let here = 0; here < lines.length; here++) {
    const one = lines[here];
    for (let there = here + 1; there < lines.length && lines[there].top < one.bottom; there++) {
      const other = lines[there];
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      const least = Math.min(one.bottom - one.top, other.bottom - other.top);
      if (wide > 2 && high > 0.35 * least && one.node !== other.node) found.push([one.text, other.text]);
    }
  }
  return found.slice(0, 20);
}"""
)
_OUTSIDE = (
    "() => {"
    + _LINES
    + """
  const found = [];
  const box = (holder) => {
    let each = holder.closest("svg") ?? holder;
    while (getComputedStyle(each).display.startsWith("inline") && each.tagName !== "svg") each = each.parentElement;
    return each;
  };
  for (const line of lines) {
    const room = box(line.holder).getBoundingClientRect();
    const isOut = line.left < room.left - 2 || line.right > room.right + 2;
    const isOff = line.right > innerWidth + 1 || line.left < -1;
    if (isOut || isOff) found.push([line.text, box(line.holder).outerHTML.slice(0, 120)]);
  }
  return found.slice(0, 20);
}"""
)


def opened_up(page: Page) -> None:
    """Open every part of a page that opens."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")


def collisions(page: Page) -> list[list[str]]:
    """Return pairs of texts of which one lies over the other."""
    found: list[list[str]] = page.evaluate(_COLLISIONS)
    return found


def outside(page: Page) -> list[list[str]]:
    """Return texts that leave the box they stand in, or the window, sideways."""
    found: list[list[str]] = page.evaluate(_OUTSIDE)
    return found


def violations(page: Page) -> list[tuple[Any, list[Any]]]:
    """Return what axe-core finds, in short: WCAG 2.1 AA and best practice."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(item["id"], [node["html"][:160] for node in item["nodes"]]) for item in found]
