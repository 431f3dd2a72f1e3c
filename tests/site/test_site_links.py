"""The links of a page's HTML become addresses of the site, and nothing that only looks like one does."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dosje.site.site_links import lead_links

FILES = SimpleNamespace(src_uris={"persons/ada.md": SimpleNamespace(url="persons/ada/")})
PAGE = SimpleNamespace(file=SimpleNamespace(src_uri="essays/e.md"), url="essays/e/")


@pytest.mark.parametrize(
    ("html", "led"),
    [
        ('<a href="../persons/ada.md#a">A</a>', '<a href="../../persons/ada/#a">A</a>'),
        ('<a title="a > b" href="../persons/ada.md">A</a>', '<a title="a > b" href="../../persons/ada/">A</a>'),
        ('<p>a < b <a href="../persons/ada.md">A</a></p>', '<p>a < b <a href="../../persons/ada/">A</a></p>'),
    ],
)
def test_a_link_is_led(html: str, led: str) -> None:
    assert lead_links(html, PAGE, FILES) == led


@pytest.mark.parametrize(
    "text",
    [
        '<code>&lt;a href="../persons/ada.md"&gt;</code>',
        '<p>Write href="../persons/ada.md".</p>',
        ' href="../persons/ada.md"',
    ],
)
def test_text_about_links_stays_as_it_is(text: str) -> None:
    assert lead_links(text, PAGE, FILES) == text
