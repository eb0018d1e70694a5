"""What axe finds on a page, as often as it is asked there.

Two thirds of its time go into contrast, which it works out for every text. The first look at a page does that; a
later one, of the same page in another width, for whatever looks otherwise than anything did before.
"""

from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ASKED: Final = {
    "runOnly": {"type": "tag", "values": RULES},
    "rules": {"region": {"enabled": True}},  # no success criterion asks for it
    "resultTypes": ["violations"],  # of what passes, axe need not describe every element
}
# Tag, class and style of a text, and whatever of that in which it stands is not as everywhere.
LOOKS: Final = """() => {
  const own = ["color", "textShadow", "textIndent", "webkitTextFillColor"];
  const large = style => parseFloat(style.fontSize) >= (style.fontWeight < 700 ? 24 : 18.5);
  const plain = {
    backgroundColor: "rgba(0, 0, 0, 0)", backgroundImage: "none", opacity: "1", visibility: "visible",
    clip: "auto", clipPath: "none", filter: "none",
  };
  const barred = ":disabled, [aria-disabled=true], [aria-hidden=true], [hidden]";
  const known = new Map([[null, ""]]);
  const around = element => {
    if (!known.has(element)) {
      const style = getComputedStyle(element);
      const said = Object.keys(plain).filter(name => style[name] !== plain[name]).map(name => style[name]);
      known.set(element, said + element.matches(barred) + "/" + around(element.parentElement));
    }
    return known.get(element).replace("false/", "");
  };
  const written = element => element.matches("input, select, textarea") ||
    [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const found = new Map();
  for (const element of [...document.querySelectorAll("body, body *")].filter(written)) {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const seen = box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + scrollY > 0;
    const look = [element.localName, element.className, seen, large(style), around(element)];
    found.set([...look, ...own.map(name => style[name])].join("|"), element);
  }
  return found;
}"""
VIOLATIONS: Final = f"""async asked => {{
  const looks = ({LOOKS})(), before = window.looksBefore;
  window.looksBefore = new Set([...before ?? [], ...looks.keys()]);
  if (!before) return (await axe.run(asked)).violations;
  const without = {{...asked.rules, "color-contrast": {{enabled: false}}}};
  const found = (await axe.run({{...asked, rules: without}})).violations;
  const include = [...looks].filter(([look]) => !before.has(look)).map(([, element]) => element);
  if (!include.length) return found;
  const contrast = {{...asked, rules: {{}}, runOnly: {{type: "rule", values: ["color-contrast"]}}}};
  return found.concat((await axe.run({{include}}, contrast)).violations);
}}"""


def violations(page: Page) -> list[dict[str, Any]]:
    """Of WCAG 2.2 A and AA whatever axe can see, and what lies outside every landmark."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(VIOLATIONS, ASKED)
    return found
