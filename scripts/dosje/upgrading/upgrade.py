"""Plans the upgrade of an edition from an older format, and does it, all or nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from ..reading.files import MAX_BIB, encode_like, find_files, name_of, read_text, way_out
from ..reading.settings import CONFIG_NAME
from ..reading.yaml_edits import YamlEditError, set_field
from ..system.writing import write_together
from ..values.errors import OperationError
from .steps import Step

_FORMAT = ("extra", "dosje", "format")


class UpgradeError(OperationError):
    """A file cannot be brought into the new format; the message names it and says why. Nothing was changed."""


@dataclass(frozen=True)
class FileChange:
    """A file that an upgrade changes: its text before and after, and what changes in it."""

    path: str
    before: str
    after: str
    what: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield the change as people read it: file and line, what is taken out (-), what comes in (+)."""
        yield f"{self.path}: {'; '.join(self.what)}"
        before, after = self.before.splitlines(), self.after.splitlines()
        for kind, start, end, from_, to in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind != "equal":
                yield from (f"{number:5} - {before[number - 1]}" for number in range(start + 1, end + 1))
                yield from (f"{number:5} + {after[number - 1]}" for number in range(from_ + 1, to + 1))


def plan_upgrade(root: Path, current: int, steps: Sequence[Step], to: int) -> tuple[FileChange, ...]:
    """Return the changes that bring the edition in `root` from the format `current` to `to`; mkdocs.yml is the last.

    Nothing if it has that format. Raises UpgradeError if a file cannot be read or changed.
    """
    if current >= to:
        return ()
    wanted = sorted((step for step in steps if current < step.format <= to), key=lambda step: step.format)
    changes = []
    for path in _files_of(root):
        name = name_of(path, root)
        own = [step for step in wanted if fnmatchcase(name, step.files)]
        if own or name == CONFIG_NAME:
            changes.append(_change_file(path, name, own, to))
    changes.sort(key=lambda change: (change.path == CONFIG_NAME, change.path))
    return tuple(change for change in changes if change.before != change.after)


def write_upgrade(root: Path, changes: Sequence[FileChange]) -> None:
    """Write the changes: all or none. mkdocs.yml is the last, so that one that was broken off is done again.

    Raises OSError. The ends of lines stay what they were.
    """
    write_together({root / change.path: encode_like(root / change.path, change.after) for change in changes})


def _files_of(root: Path) -> Iterator[Path]:
    yield root / CONFIG_NAME
    for folder in ("content", "bibliography", "templates", "theme"):
        found = find_files(root / folder, root)
        if found.findings:
            raise UpgradeError("\n".join(f"{finding.span}: {finding.message}" for finding in found.findings))
        yield from found.files


def _change_file(path: Path, name: str, steps: Sequence[Step], to: int) -> FileChange:
    if problem := way_out(path, path.parents[name.count("/")]):
        raise UpgradeError(f"{name} {problem}: copy it into the edition")
    text, findings = read_text(path, path.parents[name.count("/")], MAX_BIB)
    if text is None:
        raise UpgradeError("\n".join(f"{finding.span}: {finding.message}" for finding in findings))
    after, what = text, []
    try:
        for step in steps:
            changed = step.change(after)
            what += [step.what] if changed != after else []
            after = changed
        if name == CONFIG_NAME:
            after = set_field(after, _FORMAT, str(to))
            what.append(f"format {to}")
    except YamlEditError as error:
        raise UpgradeError(f"{name}: {error}") from error
    return FileChange(name, text, after, tuple(what))
