"""What mkdocs.yml says of the weight of warnings: `severity: {unused-record: off}` under extra: dosje:."""

from __future__ import annotations

from ..values.findings import CODES, WARNINGS, Finding, did_you_mean
from ..values.severities import LEVELS, NEVER_OFF
from .given_settings import OURS, GivenSettings


def severities_in(given: GivenSettings) -> tuple[tuple[str, str], ...]:
    """Return the level of each code of a warning that mkdocs.yml names, sorted. What is wrong is a finding."""
    path, wanted = (*OURS, "severity"), given.ours.get("severity") or {}
    if not isinstance(wanted, dict):
        given.blame(path, "severity maps codes of warnings to error, warning or off", "severity: {unused-record: off}")
        return ()
    found = {}
    for code, level in wanted.items():
        if problem := _problem_of(str(code), level):
            span = given.located.key_span((*path, code))
            given.findings.append(Finding(span, "settings", *problem))
        else:
            found[str(code)] = str(level)
    return tuple(sorted(found.items()))


def _problem_of(code: str, level: object) -> tuple[str, str] | None:
    """Return what is wrong with the level of a code, and a hint; None if nothing is."""
    from .kinds import CODES_OF_KINDS  # the models of records are slow to load, and this is seldom said

    known = CODES.keys() | CODES_OF_KINDS.keys()
    if code not in known:
        return f'"{code}" is no code of a finding', did_you_mean(
            code, known
        ) or f"warnings: {', '.join(sorted(WARNINGS))}"
    if level not in LEVELS:
        return f"{code} can be error, warning or off", f"{code}: off"
    if code not in WARNINGS and level != "error":
        return f"{code} is an error, and stays one: no page could be made of it", "take this line out, and mend it"
    if code in NEVER_OFF and level == "off":
        return f"{code} cannot be off: what was published is promised to lead on", f"{code}: warning"
    return None
