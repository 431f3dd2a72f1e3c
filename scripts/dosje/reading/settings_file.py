"""Reads the edition's settings from mkdocs.yml: one file for the site and for what is ours.

It is read with our own YAML reader, so that this module need not import MkDocs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from ..values.characters import refuse_sign
from ..values.findings import Finding, Span, did_you_mean
from .addresses import find_unsafe
from .files import read_text, way_out
from .given_settings import (
    OURS,
    POLICY_NAME,
    GivenSettings,
    authors_in,
    concordances_in,
    format_in,
    is_true_in,
    language_in,
    limits_in,
    mapping_in,
    paper_in,
    policy_in,
    version_date_in,
    web_address_in,
)
from .named_files import extra_files, find_outside, named_pages
from .own_phrases import read_own_phrases
from .policy import DEFAULT as DEFAULT_POLICY
from .policy import find_blocked, find_inline, find_unheld
from .settings import CONFIG_NAME, DEFAULT_STYLE, BibCommands, Settings
from .severity_settings import severities_in
from .untrusted import OUT, find_untrusted
from .yamltree import Located, read_yaml

_PAGES_DIR = ".build/pages"
_USUAL = frozenset(
    (
        "attr_list",
        "def_list",
        "fenced_code",
        "footnotes",
        "md_in_html",
        "pymdownx.superfences",
        "smarty",
        "tables",
        "toc",
    )
)
# What is in .build/ beside the pages, and beside the site if an edition wants it there.
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
_OUR_FOLDERS = (".build", "content", "bibliography", "theme", "templates", "phrases", "site")
# Settings that only books need, for their first pages.
_BOOK = ("paper", "licence")
# The names below extra: dosje:. docs/manual/settings.md has a section on each.
OWN_SETTINGS = {
    "citation_style", "locale", "folio_label", "archival_ibid", "via_in_notes", "concordance", "report", "authors",
    "format", "version", "date", "finished_pages",
    "limits", "severity", POLICY_NAME, *_BOOK,
}  # fmt: skip


def read_settings(root: Path, *, is_untrusted: bool = False) -> tuple[Settings | None, list[Finding]]:
    """Return the settings of the edition in `root`, and what is wrong with them.

    `is_untrusted`: settings that can run code, or read a file outside the edition, are errors too.
    """
    located, findings = _read_config(root)
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
    given = GivenSettings(root, located, config, findings, is_untrusted)
    settings = _check_style(_check_bibliography(_settings_of(given, name), given), given)
    if settings.policy == DEFAULT_POLICY and not is_untrusted:  # then all of this is refused already
        findings += find_blocked(located, config)
        findings += find_inline(root, settings.theme_dir)
    findings += _find_html(settings, located)
    return _keep_apart(settings, given), sorted(findings)


def _read_config(root: Path) -> tuple[Located | None, list[Finding]]:
    """Return what mkdocs.yml says, None if it cannot be read or lies outside the edition."""
    if not (root / CONFIG_NAME).is_file():
        message, hint = "there is no mkdocs.yml in this folder", "write one, with the line: site_name: My edition"
        return None, [Finding(Span(CONFIG_NAME, 1, 1), "settings", message, hint)]
    if problem := way_out(root / CONFIG_NAME, root):
        message, hint = f"mkdocs.yml {problem}", "copy it into the edition"
        return None, [Finding(Span(CONFIG_NAME, 1, 1), "outside-edition", message, hint)]
    text, findings = read_text(root / CONFIG_NAME, root)
    if text is None:
        return None, findings
    located, findings = read_yaml(text, CONFIG_NAME)
    return located, [refuse_sign(finding) for finding in findings]


def _settings_of(given: GivenSettings, name: str) -> Settings:
    """Return the settings. Each value by itself is valid."""
    _check_names(given)
    own_phrases, found = read_own_phrases(given.root)
    given.findings.extend(found)
    docs_dir = _docs_dir(given.root, given.config)
    return Settings(
        root=given.root,
        site_name=name,
        site_url=web_address_in("site_url", given),
        repo_url=web_address_in("repo_url", given),
        pages_dir=_PAGES_DIR if docs_dir else _inside("docs_dir", _PAGES_DIR, given),
        docs_dir=docs_dir,
        site_dir=_inside("site_dir", "site", given),
        bib_dir=given.bibtex_text("bib_dir", "bibliography"),
        bib_file=given.bibtex_text("bib_file"),
        bib_commands=BibCommands(
            given.bibtex_text("bib_command", BibCommands.of_page),
            given.bibtex_text("full_bib_command", BibCommands.of_site),
            str(given.bibtex.get("enable_inline_citations", True)).lower() not in ("false", "no", "off"),
        ),
        style=given.bibtex_text("csl_file") or given.own_text("citation_style", DEFAULT_STYLE),
        locale=language_in(given, own_phrases),
        own_phrases=own_phrases,
        folio_label=given.own_text("folio_label", "fl."),
        archival_ibid=is_true_in(given, "archival_ibid"),
        via_in_notes="via_in_notes" in given.ours and is_true_in(given, "via_in_notes"),
        concordances=concordances_in(given),
        has_report="report" in given.ours and is_true_in(given, "report"),
        description=given.text("site_description"),
        authors=authors_in(given),
        format=format_in(given),
        version=given.own_text("version"),
        date=version_date_in(given),
        paper=paper_in(given),
        licence=given.own_text("licence"),
        theme=_theme(given.config),
        theme_dir=str(mapping_in(given.config, "theme").get("custom_dir") or "theme"),
        content_security_policy=policy_in(given),
        extra_files=extra_files(given.located, given.root),
        named_pages=named_pages(given.located, given.root),
        finished_pages=is_true_in(given, "finished_pages"),
        has_own_markdown=_has_own_markdown(given.config),
        is_untrusted=given.is_untrusted,
        limits=limits_in(given),
        severities=severities_in(given),
    )


def _check_names(given: GivenSettings) -> None:
    for key in sorted(set(given.ours) - OWN_SETTINGS):
        span = given.located.key_span((*OURS, key))
        hint = did_you_mean(key, OWN_SETTINGS) or f"known: {', '.join(sorted(OWN_SETTINGS))}"
        given.findings.append(Finding(span, "settings", f'"{key}" is no setting of an edition', hint))


def _check_bibliography(settings: Settings, given: GivenSettings) -> Settings:
    """Return the settings, without the folder or file of works if it is not in the edition."""
    root = settings.root
    if "bib_dir" in given.bibtex and way_out(root / settings.bib_dir, root):
        message = f'bib_dir may not lead out of the edition: "{settings.bib_dir}"'
        given.blame((*given.bibtex_path, "bib_dir"), message, "bib_dir: bibliography")
        settings = replace(settings, bib_dir="bibliography")
    elif "bib_dir" in given.bibtex and not (root / settings.bib_dir).is_dir():
        # mkdocs-bibtex does not start without it, and would say so only after all pages are made.
        message, hint = f'there is no folder "{settings.bib_dir}"', f"make it: mkdir {settings.bib_dir}"
        given.blame((*given.bibtex_path, "bib_dir"), message, hint)
    if settings.bib_file and not _is_file_inside(root, settings.bib_file):
        message = f'there is no file "{settings.bib_file}" in the edition'
        hint = "put the .bib file beside mkdocs.yml; nothing is fetched from an address"
        given.blame((*given.bibtex_path, "bib_file"), message, hint)
        settings = replace(settings, bib_file="")
    return settings


def _check_style(settings: Settings, given: GivenSettings) -> Settings:
    """Return the settings, without the citation style if it is not in the edition."""
    root = settings.root
    if not settings.style.endswith(".csl") or not (problem := way_out(root / settings.style, root)):
        return settings
    path = (*given.bibtex_path, "csl_file") if "csl_file" in given.bibtex else (*OURS, "citation_style")
    message, hint = f'"{settings.style}" {problem}', "copy the style into the edition, and name it from there"
    given.blame(path, message, hint, "outside-edition")
    return replace(settings, style=DEFAULT_STYLE)


def _has_own_markdown(config: dict[str, Any]) -> bool:
    """Say whether the edition names extensions of Markdown besides those that every site has."""
    given = config.get("markdown_extensions") or ()
    names = [name for one in given for name in (one if isinstance(one, dict) else (one,))]
    return "INHERIT" in config or not {str(name).removeprefix("markdown.extensions.") for name in names} <= _USUAL


def _theme(config: dict[str, Any]) -> str:
    given = config.get("theme")
    name = given.get("name") if isinstance(given, dict) else given
    return name if isinstance(name, str) and name else "material"


def _docs_dir(root: Path, config: dict[str, Any]) -> str:
    """Return the folder of pages that mkdocs.yml names, or MkDocs' default, if somebody wrote pages there."""
    given = config.get("docs_dir")
    name = given if isinstance(given, str) and given else "docs"
    is_written = name.split("/")[0] not in _OUR_FOLDERS and not way_out(root / name, root) and (root / name).is_dir()
    # If mkdocs.yml does not name docs/, an edition may have anything in it.
    is_below = is_written and not (root / name).samefile(root)
    return name if is_below and (given or not (root / "content").is_dir()) else ""


def _find_html(settings: Settings, located: Located) -> Iterator[Finding]:
    """Yield a finding if pages are their author's HTML: a stranger's, or beside records, whose policy they cost."""
    folder = settings.docs_dir
    if folder and settings.is_untrusted:
        message = f"pages in {folder}/ are their author's HTML, scripts too, and no policy holds them"
        yield Finding(located.span(("docs_dir",)), "untrusted", message, OUT)
    elif folder and settings.content_security_policy and (settings.root / "content").is_dir():
        yield find_unheld(located, folder)


def _is_file_inside(root: Path, name: str) -> bool:
    return "://" not in name and not way_out(root / name, root) and (root / name).is_file()


def _inside(key: str, default: str, given: GivenSettings) -> str:
    """Return a folder that we may empty of old files: one in .build/ that nothing else uses, or the default."""
    value = str(given.config.get(key) or default)
    parts = PurePosixPath(value).parts
    is_ours = re.fullmatch(r"\.build/[\w./-]+", value) and ".." not in value and set(parts[1:2]) - _KEPT
    if not is_ours and value != default:
        given.blame((key,), f'{key} may not be "{value}"', f"{key}: {default}")
        return default
    return value


def _keep_apart(settings: Settings, given: GivenSettings) -> Settings:
    """Return settings in which neither site nor pages lie in the other: each folder is emptied of other files."""
    pages, site = PurePosixPath(settings.pages_dir), PurePosixPath(settings.site_dir)
    if not pages.is_relative_to(site) and not site.is_relative_to(pages):
        return settings
    message = f'the site in "{site}" and its pages in "{pages}" may not lie in one another'
    given.blame(("site_dir",), message, "site_dir: site")
    return replace(settings, pages_dir=_PAGES_DIR, site_dir="site")
