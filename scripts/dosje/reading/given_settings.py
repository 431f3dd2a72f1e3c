"""What mkdocs.yml says, as it is given, and its single values, each checked by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..phrases.phrase_files import OwnForms, find_untold, phrase_languages, read_phrases
from ..system.children import Limits
from ..values.dates import DateError, parse_edtf
from ..values.findings import Finding, did_you_mean
from ..values.languages import CSL_LANGUAGES, code_of_language, explain_language
from .policy import DEFAULT as DEFAULT_POLICY
from .policy import PolicyError, read_policy
from .settings import FORMAT, Concordance
from .untrusted import OUT
from .yamltree import Located
from .yamltree import Path as FieldPath

OURS = ("extra", "dosje")
# The smallest limits: with less, no program that we call can work.
_LEAST = {"seconds": 1, "megabytes": 100}
POLICY_NAME = "content_security_policy"


@dataclass(eq=False)
class GivenSettings:
    """What mkdocs.yml says, and what is wrong with it.

    `ours`: the fields below extra: dosje:. `bibtex`: the options of the plugin mkdocs-bibtex, at `bibtex_path`.
    """

    root: Path
    located: Located
    config: dict[str, Any]
    findings: list[Finding]
    is_untrusted: bool

    def __post_init__(self) -> None:
        self.ours = mapping_in(self.config, "extra", "dosje")
        self.bibtex_path, self.bibtex = _plugin(self.config, "bibtex")

    def blame(self, path: FieldPath, message: str, hint: str, code: str = "settings") -> None:
        """Add a finding on the value at `path`."""
        self.findings.append(Finding(self.located.span(path), code, message, hint))

    def own_text(self, key: str, default: str = "") -> str:
        """Return a text of extra: dosje:."""
        return self._text_in(OURS, self.ours, key, default)

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


def language_in(given: GivenSettings, own_phrases: OwnForms = ()) -> str:
    """Return the code of the edition's language."""
    written = given.own_text("locale", "en-GB")
    code = code_of_language(written)
    if code != written:
        given.blame((*OURS, "locale"), *explain_language(written), "bad-language")
    code = code or "en-GB"
    if (language := code.partition("-")[0].lower()) not in CSL_LANGUAGES:
        message = f'citation styles have no words in "{language}", so notes and sources have those of American English'
        given.blame((*OURS, "locale"), message, f"known: {', '.join(sorted(CSL_LANGUAGES))}", "no-csl-language")
    if missing := find_untold(read_phrases(code, own_phrases)):
        known = f"the site speaks {', '.join(phrase_languages())}"
        message = f'{len(missing)} phrases of the site are not said in "{code}", and readers see them in English'
        given.blame((*OURS, "locale"), message, known, "missing-phrases")
    return code


def concordances_in(given: GivenSettings) -> tuple[Concordance, ...]:
    path, wanted = (*OURS, "concordance"), given.ours.get("concordance") or {}
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


def authors_in(given: GivenSettings) -> tuple[str, ...]:
    """Return the edition's authors: one name, or a list of names."""
    value = given.ours.get("authors") or []
    names = [value] if isinstance(value, str) else value
    if isinstance(names, list) and all(isinstance(name, str) and name.strip() for name in names):
        return tuple(name.strip() for name in names)
    given.blame((*OURS, "authors"), "authors is a list of names", 'authors: ["Family, Given"]')
    return ()


def limits_in(given: GivenSettings) -> Limits:
    """Return what each call of another program may take. A stranger may allow it less, and not more."""
    path, wanted = (*OURS, "limits"), given.ours.get("limits") or {}
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


def format_in(given: GivenSettings) -> int:
    """Return the version of the format that an edition says its files have: 1 without a word, 0 for what is none."""
    path, value = (*OURS, "format"), given.own_text("format", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,3}", value):
        given.blame(path, "format is the number of a version of the format", f"format: {FORMAT}")
        return 0
    number = int(value)
    if number > FORMAT:
        message = f"this edition has format {number}, and this dosje knows formats up to {FORMAT}"
        given.blame(path, message, "take a later dosje: pip install --upgrade dosje")
    elif number < FORMAT:
        message = f"this edition has format {number}, and this dosje reads format {FORMAT}"
        given.blame(path, message, "dosje upgrade shows what changes, and dosje upgrade --write does it")
    return number


def paper_in(given: GivenSettings) -> str:
    value = given.ours.get("paper") or "a4"
    if value in ("a4", "us-letter"):
        return str(value)
    given.blame((*OURS, "paper"), f'there is no paper "{value}"', "paper: a4, or us-letter")
    return "a4"


def policy_in(given: GivenSettings) -> str:
    """Return the policy of pages. Strangers have ours, because theirs could let in what they wrote."""
    wanted = given.own_text(POLICY_NAME)
    if wanted and given.is_untrusted:
        given.blame((*OURS, POLICY_NAME), f"{POLICY_NAME} may let in more than the program's own", OUT, "untrusted")
        return DEFAULT_POLICY
    try:
        return read_policy(wanted)
    except PolicyError as error:
        given.blame((*OURS, POLICY_NAME), str(error), error.hint)
        return DEFAULT_POLICY


def web_address_in(key: str, given: GivenSettings) -> str:
    """Return the address that each page links to, if it leads to the web and runs nothing."""
    address = given.text(key)
    if not address or re.fullmatch(r"(?i)https?://[^\s<>\"'`\\]+", address):
        return address
    given.blame((key,), f"{key} is an address of the web", f"{key}: https://example.org/", "unsafe-link")
    return ""


def is_true_in(given: GivenSettings, name: str) -> bool:
    """Return whether a setting of ours is true, as it is where it is not given."""
    text = given.own_text(name, "true")
    if text not in ("true", "false"):
        given.blame((*OURS, name), f"{name} is true or false", f"{name}: true")
    return text == "true"


def version_date_in(given: GivenSettings) -> str:
    date = given.own_text("date")
    try:
        parse_edtf(date or "1960")
    except DateError as error:
        given.blame((*OURS, "date"), str(error), error.hint)
        return ""
    return date


def mapping_in(config: dict[str, Any], *path: str) -> dict[str, Any]:
    value: Any = config
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _plugin(config: dict[str, Any], name: str) -> tuple[FieldPath, dict[str, Any]]:
    # MkDocs takes a list of names and of {name: options}, or a mapping of names to options.
    plugins = config.get("plugins")
    if isinstance(plugins, dict):
        return ("plugins", name), mapping_in(plugins, name)
    for index, plugin in enumerate(plugins if isinstance(plugins, list) else []):
        if isinstance(plugin, dict) and isinstance(plugin.get(name), dict):
            return ("plugins", index, name), plugin[name]
    return (), {}
