"""How much a finding weighs in one edition: a warning may stop its builds, or not be told. An error stays one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .findings import WARNINGS, Finding

# What mkdocs.yml may say of the code of a warning.
LEVELS = ("error", "warning", "off")
# An address that was published is promised to lead on: this may be raised, and not be hidden.
NEVER_OFF = frozenset({"lost-address"})


def weigh_findings(findings: Iterable[Finding], severities: Mapping[str, str]) -> list[Finding]:
    """Return the findings as an edition weighs them, by code: "error", "warning", or "off" for those left out.

    What is said of the code of an error changes nothing.
    """
    weighed = []
    for finding in findings:
        level = severities.get(finding.code, "warning") if finding.code in WARNINGS else "error"
        if level != "off":
            is_raised = level == "error" and finding.code in WARNINGS
            weighed.append(replace(finding, is_raised=True) if is_raised else finding)
    return weighed
