"""The errors that callers of the program may expect. A fault of an edition is a finding, not one of these."""

from __future__ import annotations

from .findings import Finding


class DosjeError(Exception):
    """The base of what `open_edition`, `check`, `build` and `look_up` raise, besides OSError of the system."""


class NoEditionError(DosjeError):
    """There is no mkdocs.yml in the folder."""


class FaultyEditionError(DosjeError):
    """The edition has errors, so nothing can be made of it. `findings` are the errors and the warnings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = [finding for finding in findings if finding.is_error]
        super().__init__("\n".join(f"{finding.span}: {finding.code}: {finding.message}" for finding in errors))
        self.findings = findings


class OperationError(DosjeError, RuntimeError):
    """It cannot be done here, or another program failed. The message says what can be done."""
