"""What axe finds on a page, as often as it is asked there.

Two thirds of its time go into contrast, which it works out for every text. Here it does so for one of those that look
alike, unless such a one could be read on a page before; what lies above others, it looks at every time. A page that
was looked at and is now made narrow is asked only what its size decides, unless something shows that did not before.
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
SIZED: Final = ["target-size", "scrollable-region-focusable"]
"""What can change with nothing but the size of the screen, beside contrast."""
# Tag, class and style of a text, and whatever of that in which it stands is not as everywhere.
LOOKS: Final = """() => {
  const own = ["color", "textShadow", "textIndent", "webkitTextFillColor"];
  const large = style => parseFloat(style.fontSize) >= (style.fontWeight < 700 ? 24 : 18.5);
  const plain = {
    backgroundColor: "rgba(0, 0, 0, 0)", backgroundImage: "none", opacity: "1", visibility: "visible",
    clip: "auto", clipPath: "none", filter: "none",
  };
  const above = ["absolute", "fixed", "sticky"];
  const barred = ":disabled, [aria-disabled=true], [aria-hidden=true], [hidden]";
  const known = new Map([[null, ""]]);
  const around = element => {
    if (!known.has(element)) {
      const style = getComputedStyle(element);
      const said = Object.keys(plain).filter(name => style[name] !== plain[name]).map(name => style[name]);
      const floats = above.includes(style.position) ? "floats" : "";
      known.set(element, said + floats + element.matches(barred) + "/" + around(element.parentElement));
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
VIOLATIONS: Final = f"""async ([asked, known, sized]) => {{
  const showing = [...document.querySelectorAll("*")].filter(element => element.checkVisibility());
  const resized = sized && showing.every(element => window.cfShowed?.has(element));
  window.cfShowed = new WeakSet(showing);
  const before = new Set(known), looks = [...({LOOKS})()].filter(([look]) => !before.has(look));
  const without = {{...asked.rules, "color-contrast": {{enabled: false}}}};
  const all = resized ? {{runOnly: {{type: "rule", values: sized}}}} : {{...asked, rules: without}};
  const found = (await axe.run(all)).violations;
  const include = looks.map(([, element]) => element);
  const contrast = {{...asked, rules: {{}}, runOnly: {{type: "rule", values: ["color-contrast"]}}}};
  const pale = include.length ? (await axe.run({{include}}, contrast)).violations : [];
  const sound = pale.length ? [] : looks.map(([look]) => look).filter(look => !look.includes("floats"));
  return [[...found, ...pale], sound];
}}"""
_sound: Final[set[str]] = set()
"""How texts looked that can be read, on whatever page of this run."""


def violations(page: Page, *, is_resized: bool = False) -> list[dict[str, Any]]:
    """Of WCAG 2.2 A and AA whatever axe can see, and what lies outside every landmark.

    `is_resized`: since it was asked last, nothing but the size of the screen has changed.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]]
    found, sound = page.evaluate(
        VIOLATIONS, [ASKED, list(_sound), SIZED if is_resized else None]
    )
    _sound.update(sound)
    return found
