"""Reads the edition's settings from mkdocs.yml: one file for the site and for what is ours.

It is read with our own YAML reader, so that this module need not import MkDocs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ..system.children import Limits
from ..values.characters import refuse_sign
from ..values.dates import DateError, parse_edtf
from ..values.findings import Finding, Span, did_you_mean
from .addresses import find_unsafe
from .files import read_text, way_out
from .named_files import extra_files, find_outside
from .policy import DEFAULT as DEFAULT_POLICY
from .policy import PolicyError, find_blocked, find_inline, find_unheld, read_policy
from .settings import CONFIG_NAME, DEFAULT_STYLE, BibCommands, Concordance, Settings
from .untrusted import OUT, find_untrusted
from .yamltree import Located, read_yaml
from .yamltree import Path as FieldPath

_OURS = ("extra", "dosje")
_PAGES_DIR = ".build/pages"
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
_OUR_FOLDERS = (".build", "content", "bibliography", "theme", "templates", "site")
# Settings that only books need, for their first pages.
_BOOK = ("paper", "licence")
# The smallest limits: with less, no program that we call can work.
_LEAST = {"seconds": 1, "megabytes": 100}
_POLICY = "content_security_policy"
_KNOWN = {
    "citation_style", "locale", "folio_label", "archival_ibid", "concordance", "authors", "version", "date",
    "limits", _POLICY, *_BOOK,
}  # fmt: skip


@dataclass(eq=False)
class _Given:
    """What mkdocs.yml says, and what is wrong with it.

    `ours`: the fields below extra: dosje:. `bibtex`: the options of the plugin mkdocs-bibtex, at `bibtex_path`.
    """

    root: Path
    located: Located
    config: dict[str, Any]
    findings: list[Finding]
    is_untrusted: bool

    def __post_init__(self) -> None:
        self.ours = _mapping(self.config, "extra", "dosje")
        self.bibtex_path, self.bibtex = _plugin(self.config, "bibtex")

    def blame(self, path: FieldPath, message: str, hint: str, code: str = "settings") -> None:
        """Add a finding on the value at `path`."""
        self.findings.append(Finding(self.located.span(path), code, message, hint))

    def own_text(self, key: str, default: str = "") -> str:
        """Return a text of extra: dosje:."""
        return self._text_in(_OURS, self.ours, key, default)

    def bibtex_text(self, key: str, default: str = "") -> str:
        """Return a text among the options of the plugin."""
        return self._text_in(self.bibtex_path, self.bibtex, key, default)

    def text(self, key: str) -> str:
        """Return a text of MkDocs' own settings, "" if there is none."""
        return self._text_in((), self.config, key, "")

    def _text_in(self, path: FieldPath, values: dict[str, Any], key: str, default: str) -> str:
        value = values.get(key) or default
        if not isinstance(value, str):
            self.blame((*path, key), f"{key} is one text, no list and no fields", f"{key}: {default or '…'}")
            return default
        return value


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
    given = _Given(root, located, config, findings, is_untrusted)
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


def _settings_of(given: _Given, name: str) -> Settings:
    """Return the settings. Each value by itself is valid."""
    _check_names(given)
    docs_dir = _docs_dir(given.root, given.config)
    return Settings(
        root=given.root,
        site_name=name,
        site_url=_of_web("site_url", given),
        repo_url=_of_web("repo_url", given),
        pages_dir=_PAGES_DIR if docs_dir else _inside("docs_dir", _PAGES_DIR, given),
        docs_dir=docs_dir,
        site_dir=_inside("site_dir", "site", given),
        bib_dir=given.bibtex_text("bib_dir", "bibliography"),
        bib_file=given.bibtex_text("bib_file"),
        bib_commands=BibCommands(
            given.bibtex_text("bib_command", BibCommands.of_page),
            given.bibtex_text("full_bib_command", BibCommands.of_site),
        ),
        style=given.bibtex_text("csl_file") or given.own_text("citation_style", DEFAULT_STYLE),
        locale=given.own_text("locale", "en-GB"),
        folio_label=given.own_text("folio_label", "fl."),
        archival_ibid=_archival_ibid(given),
        concordances=_concordances(given),
        description=given.text("site_description"),
        authors=_names(given),
        version=given.own_text("version"),
        date=_date(given),
        paper=_paper(given),
        licence=given.own_text("licence"),
        theme=_theme(given.config),
        theme_dir=str(_mapping(given.config, "theme").get("custom_dir") or "theme"),
        content_security_policy=_policy(given),
        extra_files=extra_files(given.located, given.root),
        is_untrusted=given.is_untrusted,
        limits=_limits(given),
    )


def _check_names(given: _Given) -> None:
    for key in sorted(set(given.ours) - _KNOWN):
        span = given.located.key_span((*_OURS, key))
        hint = did_you_mean(key, _KNOWN) or f"known: {', '.join(sorted(_KNOWN))}"
        given.findings.append(Finding(span, "settings", f'"{key}" is no setting of an edition', hint))


def _check_bibliography(settings: Settings, given: _Given) -> Settings:
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


def _check_style(settings: Settings, given: _Given) -> Settings:
    """Return the settings, without the citation style if it is not in the edition."""
    root = settings.root
    if not settings.style.endswith(".csl") or not (problem := way_out(root / settings.style, root)):
        return settings
    path = (*given.bibtex_path, "csl_file") if "csl_file" in given.bibtex else (*_OURS, "citation_style")
    message, hint = f'"{settings.style}" {problem}', "copy the style into the edition, and name it from there"
    given.blame(path, message, hint, "outside-edition")
    return replace(settings, style=DEFAULT_STYLE)


def _archival_ibid(given: _Given) -> bool:
    text = given.own_text("archival_ibid", "true")
    if text not in ("true", "false"):
        given.blame((*_OURS, "archival_ibid"), "archival_ibid is true or false", "archival_ibid: true")
    return text == "true"


def _date(given: _Given) -> str:
    date = given.own_text("date")
    try:
        parse_edtf(date or "1960")
    except DateError as error:
        given.blame((*_OURS, "date"), str(error), error.hint)
        return ""
    return date


def _concordances(given: _Given) -> tuple[Concordance, ...]:
    path, wanted = (*_OURS, "concordance"), given.ours.get("concordance") or {}
    if not isinstance(wanted, dict):
        given.blame(path, "concordance maps works to their notes", "a-key: 115")
        return ()
    found = []
    for work, notes in wanted.items():
        if isinstance(notes, str) and re.fullmatch(r"[1-9][0-9]{0,4}", notes):
            found.append(Concordance(str(work), int(notes), given.located.key_span((*path, work))))
        else:
            given.blame((*path, work), f"the number of the last note of {work} is a whole number", f"{work}: 115")
    return tuple(found)


def _names(given: _Given) -> tuple[str, ...]:
    """Return the edition's authors: one name, or a list of names."""
    value = given.ours.get("authors") or []
    names = [value] if isinstance(value, str) else value
    if isinstance(names, list) and all(isinstance(name, str) and name.strip() for name in names):
        return tuple(name.strip() for name in names)
    given.blame((*_OURS, "authors"), "authors is a list of names", 'authors: ["Family, Given"]')
    return ()


def _limits(given: _Given) -> Limits:
    """Return what each call of another program may take. A stranger may allow it less, and not more."""
    path, wanted = (*_OURS, "limits"), given.ours.get("limits") or {}
    if not isinstance(wanted, dict):
        given.blame(path, "limits has two fields, seconds and megabytes", "limits: {seconds: 3600, megabytes: 4000}")
        return Limits()
    found: dict[str, int] = {}
    for name, value in wanted.items():
        least = _LEAST.get(name)
        if least is None:
            hint = did_you_mean(str(name), _LEAST) or "known: seconds, megabytes"
            span = given.located.key_span((*path, name))
            given.findings.append(Finding(span, "settings", f'"{name}" is no limit', hint))
        elif not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]{0,6}", value) or int(value) < least:
            given.blame((*path, name), f"{name} is a whole number, {least} or more", f"{name}: {least}")
        else:
            found[name] = int(value)
    if given.is_untrusted:
        default = Limits()
        most = {"seconds": default.seconds, "megabytes": default.memory // 1_000_000}
        found = {name: min(value, most[name]) for name, value in found.items()}
    return Limits(**found)


def _paper(given: _Given) -> str:
    value = given.ours.get("paper") or "a4"
    if value in ("a4", "us-letter"):
        return str(value)
    given.blame((*_OURS, "paper"), f'there is no paper "{value}"', "paper: a4, or us-letter")
    return "a4"


def _policy(given: _Given) -> str:
    """Return the policy of pages. Strangers have ours, because theirs could let in what they wrote."""
    wanted = given.own_text(_POLICY)
    if wanted and given.is_untrusted:
        given.blame((*_OURS, _POLICY), f"{_POLICY} may let in more than the program's own", OUT, "untrusted")
        return DEFAULT_POLICY
    try:
        return read_policy(wanted)
    except PolicyError as error:
        given.blame((*_OURS, _POLICY), str(error), error.hint)
        return DEFAULT_POLICY


def _of_web(key: str, given: _Given) -> str:
    """Return the address that each page links to, if it leads to the web and runs nothing."""
    address = given.text(key)
    if not address or re.fullmatch(r"(?i)https?://[^\s<>\"'`\\]+", address):
        return address
    given.blame((key,), f"{key} is an address of the web", f"{key}: https://example.org/", "unsafe-link")
    return ""


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


def _inside(key: str, default: str, given: _Given) -> str:
    """Return a folder that we may empty of old files: one in .build/ that nothing else uses, or the default."""
    value = str(given.config.get(key) or default)
    parts = PurePosixPath(value).parts
    is_ours = re.fullmatch(r"\.build/[\w./-]+", value) and ".." not in value and set(parts[1:2]) - _KEPT
    if not is_ours and value != default:
        given.blame((key,), f'{key} may not be "{value}"', f"{key}: {default}")
        return default
    return value


def _keep_apart(settings: Settings, given: _Given) -> Settings:
    """Return settings in which neither site nor pages lie in the other: each folder is emptied of other files."""
    pages, site = PurePosixPath(settings.pages_dir), PurePosixPath(settings.site_dir)
    if not pages.is_relative_to(site) and not site.is_relative_to(pages):
        return settings
    message = f'the site in "{site}" and its pages in "{pages}" may not lie in one another'
    given.blame(("site_dir",), message, "site_dir: site")
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
