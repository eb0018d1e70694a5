"""Whoever looks closely at a page sees what is wrong with it, in either width."""

import pytest
from playwright.sync_api import Page

from tests.journeys.looking import Looker

PAGE = """<!DOCTYPE html><html lang="en"><title>A page</title>
<style>p {{ color: #0b0c0c; background: white }} {style}</style>
<main><h1>A heading</h1><p>Some words.</p><p>Others.</p>{more}</main></html>"""
PALE = "p:last-of-type { color: #ccc }"
SMALL = "button { all: unset; display: inline-block; width: 9px; height: 9px; color: black }"


@pytest.mark.parametrize(
    ("style", "more", "wrong"),
    [
        ("", "", ""),
        (PALE, "", "color-contrast"),
        (f"@media (max-width: 400px) {{ {PALE} }}", "", "color-contrast"),
        ("@media (max-width: 400px) { main { background: black } p { background: none } }", "", "color-contrast"),
        ("", "<input>", "label"),
        ("@media (min-width: 400px) { input { display: none } }", "<input>", "label"),
        (f"@media (max-width: 400px) {{ {SMALL} }}", "<button>x</button><button>y</button>", "target-size"),
    ],
)  # fmt: skip
def test_finds_what_is_wrong_wide_or_narrow(
    page: Page, style: str, more: str, wrong: str
) -> None:
    page.set_content(PAGE.format(style=style, more=more))
    if not wrong:
        Looker(page, "").closely("a-page")
        return
    with pytest.raises(AssertionError, match=wrong):
        Looker(page, "").closely("a-page")
