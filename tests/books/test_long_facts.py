"""Facts in the printed book stand on one page, and are parted where no page could hold them."""

from __future__ import annotations

import pypdfium2
import pytest
from click.testing import CliRunner

from conftest import Edition
from dosje.cli import main

pytestmark = pytest.mark.whole


def test_the_end_of_a_long_label_is_printed(edition: Edition) -> None:
    label = " ".join(f"word{number}" for number in range(180)) + " theveryend"
    root = edition({
        "content/vocabulary.yml": f"fields: {{person: {{own: {{label: {label}}}}}}}\n",
        "content/persons/a.yml": "name: {family: Adams}\nbiography: So [@b, 3].\nfields: {own: Said}\n",
        "content/essays/e.md": "---\ntitle: E\n---\nOf [A](person:a) [@b, 1].\n",
        "bibliography/a.bib": "@book{b, author = {B, B}, title = {T}, date = {1960}}\n",
    })  # fmt: skip
    done = CliRunner().invoke(main, ["pdf", "--project", str(root)])
    assert done.exit_code == 0, done.output
    with pypdfium2.PdfDocument(root / ".build/downloads/edition.pdf") as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "theveryend" in text and "Said" in text
