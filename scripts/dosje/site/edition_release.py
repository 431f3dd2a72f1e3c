"""Releases a version of an edition: mkdocs.yml says it, changes.md what is new, the ledger its addresses, git a tag.

It stays on this machine until somebody pushes it. The program's own releases are another thing (scripts/release.py).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..edition.links import LinkedCorpus
from ..phrases.phrases import Phrases
from ..reading.files import encode_like, read_text
from ..reading.ledger import LEDGER_NAME, parse_ledger
from ..reading.settings import CONFIG_NAME, Settings
from ..reading.yaml_edits import YamlEditError, set_field
from ..system.children import Limits, run_child
from ..system.writing import write_together
from ..values.errors import OperationError
from ..values.page_id import PageId

CHANGES = "changes.md"
_TAG = "edition-"  # v1.2.3 are versions of the program, which may lie in the same repository
_VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){0,2}")
_HEADING = re.compile(r"^## ", re.MULTILINE)
_RELEASED = re.compile(r"^## ([0-9.]+), \d{4}-\d\d-\d\d\s*$", re.MULTILINE)  # as write_section writes it
_SHOWN = 5
# What is listed, by the key of a phrase, in this order.
Lists = Mapping[str, Sequence[str]]
_KEYS = {"A": "release.added", "M": "release.changed", "D": "release.removed"}


class ReleaseError(OperationError):
    """The edition cannot be released as things are. The message says what to do; nothing was changed."""


@dataclass(frozen=True)
class EditionRelease:
    """A version of an edition as text: what its files will hold by name, and what the tag says."""

    version: str
    files: Mapping[str, str]
    section: str

    @property
    def tag(self) -> str:
        return f"{_TAG}{self.version}"


def list_changes(linked: LinkedCorpus, changed: Iterable[tuple[str, str]], title_of: Callable[[PageId], str]) -> Lists:
    """Return what is new, changed and taken out, by key of a phrase: titles with addresses, lists by their file."""
    addresses = linked.addresses
    shown: dict[str, str] = {}
    for record in linked.corpus.records():
        path = record.located.path
        shown[path] = path if path in shown else f"{title_of(record.page)} ({addresses.address_of(record.page)})"
    lists: dict[str, list[str]] = {key: [] for key in _KEYS.values()}
    for path, sign in changed:
        address = path.removeprefix("content/").removeprefix("pages/").rpartition(".")[0] + "/"
        gone = addresses.entries.get(address)
        words = f"{gone.words} ({address})" if gone and gone.words else path
        lists[_KEYS.get(sign, _KEYS["M"])].append(words if sign == "D" else shown.get(path, path))
    return lists


def is_version(text: str) -> bool:
    """Say whether a text is a version of one to three numbers, as 2, 1.2 or 1.2.3."""
    return _VERSION.fullmatch(text) is not None


def check_repository(settings: Settings, version: str) -> str:
    """Return the tag of the version before, "" if there is none. Raises ReleaseError if there can be no next one."""
    root = settings.root
    if _git(root, "rev-parse", "--is-inside-work-tree", fails=True) != "true":
        raise ReleaseError(
            "the edition is in no git repository, and a release is a tag of git: run git init, and commit it"
        )
    if not _git(root, "rev-parse", "--verify", "--quiet", "HEAD", fails=True):
        raise ReleaseError("nothing is committed yet: git add . && git commit")
    made = (".build/", f"{settings.site_dir}/")
    changed = [line for line in _git(root, "status", "--porcelain", "--", ".").splitlines() if line]
    changed = [line for line in changed if not line.startswith("?? ") or not line[3:].strip('"').endswith(made)]
    if changed:
        more = f", and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        raise ReleaseError(f"not everything is committed: {', '.join(line[3:] for line in changed[:_SHOWN])}{more}")
    tags = [
        tag
        for tag in _git(root, "tag", "--list", f"{_TAG}*", "--merged", "HEAD").split()
        if is_version(tag[len(_TAG) :])
    ]
    last = max(tags, key=_rank, default="")
    if _git(root, "tag", "--list", f"{_TAG}{version}"):
        raise ReleaseError(f"version {version} is there already, as the tag {_TAG}{version}")
    if last and _rank(f"{_TAG}{version}") < _rank(last):
        raise ReleaseError(f"version {version} would come after {last[len(_TAG) :]}")
    _check_tags(root, last)
    _check_ledger(root, last)
    return last


def _check_tags(root: Path, last: str) -> None:
    """Raise ReleaseError if changes.md has a later version than git: a clone may be without tags."""
    text = _read(root / CHANGES, root) if (root / CHANGES).exists() else ""
    said = max((f"{_TAG}{text}" for text in _RELEASED.findall(text) if is_version(text)), key=_rank, default="")
    if said and (not last or _rank(said) > _rank(last)):
        raise ReleaseError(
            f"{CHANGES} has the version {said[len(_TAG) :]}, and git has no tag {said} before this commit: "
            f"git fetch --tags, with --unshallow if git has not the whole history; or git tag {said} COMMIT"
        )


def _check_ledger(root: Path, last: str) -> None:
    """Raise ReleaseError if addresses that the last version published stand in the ledger no more."""
    before = _git(root, "show", f"{last}:./{LEDGER_NAME}", fails=True) if last else ""
    now = _read(root / LEDGER_NAME, root) if (root / LEDGER_NAME).exists() else ""
    kept = {entry.address for entry in parse_ledger(now)[0]}
    lost = [entry.address for entry in parse_ledger(before)[0] if entry.address not in kept]
    if lost:
        more = f", and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
        raise ReleaseError(
            f"{LEDGER_NAME} lacks addresses that {last} has, which are for ever: {', '.join(lost[:_SHOWN])}{more}; "
            f"put them back: git diff {last} -- {LEDGER_NAME}"
        )


def _rank(tag: str) -> tuple[int, ...]:
    return tuple(int(number) for number in tag[len(_TAG) :].split("."))


def changed_since(settings: Settings, tag: str) -> list[tuple[str, str]]:
    """Return what changed since a tag in records, works and pages: the path of the file, and A, M or D, sorted."""
    folders = ("content", settings.bib_file or settings.bib_dir, *([settings.docs_dir] if settings.docs_dir else []))
    options = ("--name-status", "--no-renames", "--relative", "-z")
    words = _git(settings.root, "diff", *options, tag, "HEAD", "--", *folders).split("\0")
    return sorted((path, sign[:1]) for sign, path in zip(words[::2], words[1::2], strict=False))


def plan_release(
    settings: Settings,
    version: str,
    day: date,
    ledger: str,
    lists: Lists,
) -> EditionRelease:
    """Return a release. `ledger`: the text of the ledger with it. `lists`: what to list, by key of a phrase; a first
    version lists nothing.

    Raises ReleaseError if mkdocs.yml cannot say the version.
    """
    root = settings.root
    config = _read(root / CONFIG_NAME, root)
    try:
        config = set_field(config, ("extra", "dosje", "version"), version)
        config = set_field(config, ("extra", "dosje", "date"), day.isoformat())
    except YamlEditError as error:
        raise ReleaseError(f"{CONFIG_NAME}: {error}") from error
    before = _read(root / CHANGES, root) if (root / CHANGES).exists() else ""
    changes, section = write_section(before, version, day, lists, settings.phrases)
    files = {CONFIG_NAME: config, CHANGES: changes, LEDGER_NAME: ledger}
    return EditionRelease(version, files, section)


def _read(path: Path, root: Path) -> str:
    text, findings = read_text(path, root)
    if text is None:
        raise ReleaseError("\n".join(f"{finding.span}: {finding.message}" for finding in findings))
    return text


def write_section(before: str, version: str, day: date, lists: Lists, phrases: Phrases) -> tuple[str, str]:
    """Return changes.md with a section for a version, and what the section says.

    What an editor wrote below "## Unreleased" comes first in it; then the lists.
    """
    before = before or f"# {phrases('release.title')}\n"
    unreleased = f"## {phrases('release.unreleased')}\n"
    head, sign, rest = before.partition(unreleased)
    if sign:
        start = _HEADING.search(rest)
        own, rest = (rest[: start.start()], rest[start.start() :]) if start else (rest, "")
    else:
        start = _HEADING.search(before)
        head, own, rest = (before[: start.start()], "", before[start.start() :]) if start else (before, "", "")
    blocks = [own.strip()] if own.strip() else []
    for key, items in lists.items():
        if items:
            blocks.append(f"### {phrases(key)}\n\n" + "\n".join(f"- {item}" for item in items))
    section = "\n\n".join(blocks) or phrases("release.first" if not lists else "release.nothing")
    heading = f"## {version}, {day.isoformat()}"
    parts = [head.rstrip(), heading, section, rest.strip()]
    return "\n\n".join(part for part in parts if part) + "\n", section


def write_release(root: Path, release: EditionRelease) -> str:
    """Write the files, commit them and set the tag; return the commit's id. Whatever fails, nothing of it stays.

    Raises ReleaseError with what git says, as of a hook or of a name that it does not know; OSError.
    """
    names = list(release.files)
    before = {name: (root / name).read_bytes() if (root / name).exists() else None for name in names}
    head = _git(root, "rev-parse", "HEAD")
    try:
        write_together({root / name: encode_like(root / name, text) for name, text in release.files.items()})
        _git(root, "add", "--", *names)
        _git(root, "commit", "--quiet", "-m", f"Release version {release.version} of the edition", "--", *names)
        message = f"Version {release.version}\n\n{release.section}"
        _git(root, "tag", "--annotate", "--cleanup=verbatim", "-F", "-", release.tag, given=message)
    except BaseException:
        _git(root, "reset", "--quiet", "--soft", head)
        for name, raw in before.items():
            if raw is None:
                (root / name).unlink(missing_ok=True)
            else:
                (root / name).write_bytes(raw)
        _git(root, "reset", "--quiet", "--", *names)
        raise
    return _git(root, "rev-parse", "--short", "HEAD")


def _git(root: Path, *arguments: str, given: str = "", fails: bool = False) -> str:
    """Return what git prints. `fails`: it may fail, and then prints nothing."""
    done = run_child(
        ["git", "-c", "core.quotePath=false", *arguments], Limits(), "git, for a release",
        text=given, folder=root, environment=os.environ | {"GIT_TERMINAL_PROMPT": "0"}, has_terminal=True,
    )  # fmt: skip
    if done.code and not fails:
        raise ReleaseError((done.stderr or done.stdout).strip() or f"git {arguments[0]} ended with {done.code}")
    return "" if done.code else done.stdout.rstrip("\n")
