"""The page that offers the offline editions: finished HTML, as all other pages are."""

from __future__ import annotations

from markdown import Markdown

from conftest import Edition
from dosje.edition.links import link_corpus
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings
from dosje.site.finished_pages import HARMLESS, FinishedPages
from dosje.web.downloads_page import describe_download, write_page

SUM = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
FILES = ["edition.json", "edition.pdf", "edition-2.pdf", "edition.zip", "booklets/talks.pdf", "booklets/e.pdf"]
PAGE = f"""---
title: "Downloads"
hide: [navigation]
---

# Downloads

<p>The edition to be read without a network (version 1&#42;2, 4 June 1961). All have the same text and the same sources in their notes.</p>

<table>
<thead><tr><th scope="col" class="dosje-left">File</th><th scope="col" class="dosje-left">What it is</th><th scope="col" class="dosje-right">Size</th><th scope="col" class="dosje-left">SHA-256</th></tr></thead>
<tbody>
<tr><td class="dosje-left"><a href="edition.json">edition.json</a></td><td class="dosje-left">The whole edition: data (JSON)</td><td class="dosje-right">0&#46;0\u00a0MB</td><td class="dosje-left"><code>{SUM}</code></td></tr>
<tr><td class="dosje-left"><a href="edition.pdf">edition.pdf</a></td><td class="dosje-left">The whole edition: book (PDF)</td><td class="dosje-right">0&#46;0\u00a0MB</td><td class="dosje-left"><code>{SUM}</code></td></tr>
<tr><td class="dosje-left"><a href="edition-2.pdf">edition-2.pdf</a></td><td class="dosje-left">Volume 2: book (PDF)</td><td class="dosje-right">0&#46;0\u00a0MB</td><td class="dosje-left"><code>{SUM}</code></td></tr>
<tr><td class="dosje-left"><a href="edition.zip">edition.zip</a></td><td class="dosje-left">The whole edition: website that opens from disk (zip)</td><td class="dosje-right">0&#46;0\u00a0MB</td><td class="dosje-left"><code>{SUM}</code></td></tr>
</tbody>
</table>

## Booklets

<p>Each essay, and each meeting, with its persons and sources, as PDF.</p>

<table>
<thead><tr><th scope="col" class="dosje-left">Booklet</th><th scope="col" class="dosje-right">Size</th><th scope="col" class="dosje-left">SHA-256</th></tr></thead>
<tbody>
<tr><td class="dosje-left"><a href="../downloads/booklets/talks.pdf">&#60;Talks&#62; &#124; &#42;two&#42;</a></td><td class="dosje-right">0&#46;0\u00a0MB</td><td class="dosje-left"><code>{SUM}</code></td></tr>
<tr><td class="dosje-left"><a href="../downloads/booklets/e.pdf">Ann’s zeal</a></td><td class="dosje-right">0&#46;0\u00a0MB</td><td class="dosje-left"><code>{SUM}</code></td></tr>
</tbody>
</table>
"""  # noqa: E501


def test_the_page_of_downloads_is_finished_html(edition: Edition) -> None:
    config = 'site_name: A\nextra:\n  dosje: {version: "1*2", date: "1961-06-04"}\n'
    settings, _ = read_settings(edition({"mkdocs.yml": config}))
    assert settings is not None
    linked = link_corpus(read_corpus(settings)[0])
    downloads = [describe_download(path, b"abc") for path in FILES]
    page = write_page(linked, downloads, {"e": "Ann's zeal", "talks": "<Talks> | *two*"})
    assert page == PAGE
    assert FinishedPages(Markdown(extensions=sorted(HARMLESS))).read(page.split("---\n", 2)[2]) is not None
