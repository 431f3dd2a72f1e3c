"""The public face: what other programs may call. `import dosje` takes its names from here when they are first used.

Prints nothing, ends no process, and returns values that do not change. docs/manual/api.md describes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from .lookup.answers import cite_notes, open_index
from .lookup.replies import NoteReply, reply_of
from .reading.settings import CONFIG_NAME
from .reading.settings_file import read_settings
from .values.errors import FaultyEditionError, NoEditionError
from .values.findings import Finding, FindingError

# Modules that read records are imported where they are used: an answer of the lookup should be there at once.
if TYPE_CHECKING:
    from .stages import BuiltSite


@dataclass(frozen=True)
class Edition:
    """An edition on disk, whose files each function reads anew.

    `is_untrusted`: strangers wrote it, so what could run code in it is an error (docs/manual/untrusted.md).
    """

    root: Path
    is_untrusted: bool = False


def open_edition(folder: str | PathLike[str] = ".", *, is_untrusted: bool = False) -> Edition:
    """Return the edition whose mkdocs.yml lies in `folder`. Reads no record. Raises NoEditionError."""
    root = Path(folder).resolve()
    if not (root / CONFIG_NAME).is_file():
        raise NoEditionError(f"there is no {CONFIG_NAME} in {root}")
    return Edition(root, is_untrusted)


def check(edition: Edition) -> tuple[Finding, ...]:
    """Return all that is wrong in the edition, sorted by file and line: errors, and warnings, which stop no build.

    Raises OperationError; OSError.
    """
    from .checking.edition import check_edition

    return check_edition(edition.root, is_untrusted=edition.is_untrusted).findings


def build(edition: Edition, tell: Callable[[str], None] | None = None) -> BuiltSite:
    """Build the site as `dosje build` does; it takes the place of the old one in one step. Return what was made.

    `tell` gets a line after each step. Another build of the edition is waited for. Raises FaultyEditionError;
    OperationError; OSError. The old site stays then.
    """
    from .stages import Listeners, build_edition

    listeners = Listeners(tell=tell) if tell else Listeners()
    try:
        return build_edition(edition.root, listeners, is_untrusted=edition.is_untrusted)
    except FindingError as error:
        raise FaultyEditionError(error.findings) from error


def look_up(edition: Edition, *notes: str) -> tuple[NoteReply, ...]:
    """Return what each footnote cites, from the site that was built last; an Ibid. looks back to the one before.

    Reads no records. Raises IndexMissingError; FaultyEditionError where mkdocs.yml has errors; OSError.
    """
    settings, findings = read_settings(edition.root, is_untrusted=edition.is_untrusted)
    if settings is None:
        raise FaultyEditionError(tuple(findings))
    return tuple(reply_of(answer) for answer in cite_notes(notes, open_index(settings)))
