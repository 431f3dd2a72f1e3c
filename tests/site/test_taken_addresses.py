"""An old address that would stand in the place of a file of the site is found before anything is written."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.site.page_files import build_pages
from dosje.values.findings import FindingError

FILES = {
    "content/essays/e.md": "---\ntitle: E\n---\n\nOne [@a].\n",
    "content/sources/a.yml": "type: report\ntitle: A\nseen: original\n",
}


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("sitemap.xml/", "sitemap.xml"),
        ("404.html/a/", "404.html"),
        ("SHA256SUMS/", "SHA256SUMS"),
        ("index.html/", "index.html"),
        ("essays/e/index.html/", "essays/e/index.html"),
        ("lookup/engine.js/", "lookup/engine.js"),
        ("essays/e/index/", "essays/e/index.html"),
    ],
)
def test_an_old_address_in_the_place_of_a_file_is_found(edition: Edition, address: str, taken: str) -> None:
    root = edition({**FILES, "addresses.txt": f"{address} gone 2026\n"})
    with pytest.raises(FindingError) as raised:
        build_pages(check_edition(root), lambda _: None)
    assert str(raised.value).startswith(
        f"addresses.txt:1:1: bad-address: no page can stand at {address}: the site has {taken} there\n"
    )
    assert not (root / ".build" / "pages").exists()


def test_an_old_address_that_leads_on_is_found_too(edition: Edition) -> None:
    root = edition({**FILES, "addresses.txt": "sitemap.xml/ -> essays/e/\n"})
    with pytest.raises(FindingError, match=r"no page can stand at sitemap\.xml/"):
        build_pages(check_edition(root), lambda _: None)


def test_old_addresses_of_every_other_kind_get_their_pages(edition: Edition) -> None:
    lines = (
        "a/b/c/ gone 2026",
        "About/ -> essays/e/",
        "release-1.2/ gone 2026",
        "é/ gone 2026",
        "sources/old/ gone 2026",
    )
    root = edition({**FILES, "addresses.txt": "".join(f"{line}\n" for line in lines)})
    build_pages(check_edition(root), lambda _: None)
    made = {path.relative_to(root / ".build/pages").as_posix() for path in (root / ".build/pages").rglob("*")}
    assert {"a/b/c.md", "About/index.html", "release-1.2.md", "é.md", "sources/old.md"} <= made
