"""What MkDocs calls while it builds the manual: it adds the pages that are made of the program. See docs/mkdocs.yml."""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

sys.path.insert(0, str(Path(__file__).parent))

from manual_commands import commands_page
from manual_fields import field_pages
from manual_findings import findings_page
from manual_phrases import phrases_page
from manual_vocabulary import vocabulary_page


def reference_pages() -> dict[str, str]:
    """Return the Markdown of every page that is made of the program, by its path in the manual."""
    return {
        **{f"reference/{kind}.md": text for kind, text in field_pages().items()},
        "reference/commands.md": commands_page(),
        "reference/findings.md": findings_page(),
        "reference/phrases.md": phrases_page(),
        "reference/vocabulary.md": vocabulary_page(),
    }


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for path, text in reference_pages().items():
        files.append(File.generated(config, path, content=text))
    return files
