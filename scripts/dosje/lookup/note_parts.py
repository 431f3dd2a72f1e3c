"""Splits a pasted footnote into its parts, each of which cites something.

The browser runs these rules as well (`javascript.py`).
"""

from __future__ import annotations

import re

# "See" and its like, anywhere in a note.
_SEE_SOMETHING = re.compile(
    r"(?<![^\s(,;])(?:see|cf\.|compare|vgl\.|siehe|voir|shih)"
    r"(?:\s+(?:also|for example|especially|e\.g\.))*,?\s+(?=\S.{7})",
    re.ASCII,
)
_CUT = re.compile(
    r";|(?<=[a-z0-9)'\"]{2}\.)\s+(?=(?:see|for|on|about|regarding|cf|compare|also|ibid|quoted|cited|a similar)\b)"
    r"|[,)]\s+(?=(?:see also|see|quoted in|cited in|as quoted in|as cited in|reprinted in|zitiert nach|zitiert bei"
    r"|zit\. nach|zit\. bei|cite dans|cite d'apres|citato in|citado en|cituar ne|cituar sipas|tsit\. po)\b)",
    re.ASCII,
)
# The number at the end of a reference, with archive and town behind it or not, if prose follows.
_STOP = re.compile(
    r"\b(?:[Dd]|fls?|fol|pp?)\.?\s?[0-9][0-9/-]*(?:,\s[A-Z][\w'-]{0,20}(?:\s[A-Z][\w'-]{1,20}){0,3}){0,2}\.(\s+)(?=[A-Z][a-z]+\s)",
    re.ASCII,
)
# "Applebaum, Iron Curtain, 174, Gati, Failed Illusions, 91": a number that is no year, then a name and a title with a
# number behind it.
_NEXT_IN_LIST = re.compile(
    r"(?<=[0-9])(,\s+(?:and\s+|und\s+)?)(?=[A-Z][\w'-]*[a-z][\w'-]*(?:\s(?:and\s)?[A-Z][\w.'-]*){0,3}(?:\set\sal\.)?,"
    r"\s['\"]?[A-Z](?:(?!,\s(?:cited|quoted)\s)[^;]){8,160},\s[0-9])",
    re.ASCII,
)
_PAGE_BEFORE = re.compile(r",\s(?:pp?\.?\s)?(?:[0-9]{1,3}|(?!1[5-9]|20)[0-9]{4})(?:-[0-9]{1,4})?$", re.ASCII)
_AUTHOR_YEAR = re.compile(
    r"[A-Z][\w'-]+(?:\set\sal\.?|\su\.\s?a\.|\sdhe\stj\.)?,?\s\(?(?:(?:Spring|Summer|Fall|Autumn|Winter)\s)?"
    r"(?:1[5-9]|20)[0-9][0-9][a-f]?(?:[:,]\s?(?:pp?\.?\s?|S\.\s?|f\.\s?|fq\.\s?)?[0-9][0-9-]{0,9})?$",
    re.ASCII,
)
_AUTHOR_BEHIND = re.compile(r"\s?(?:(?:see|also|cf\.?|and|van|von|de|der|den|al|el|da|di)\s)*[A-Z0-9]", re.ASCII)
_ASIDE = re.compile(r"^\s*(?:on|for|about|regarding|concerning|among)\b[^0-9'\"(]*$", re.ASCII)
_AND = re.compile(r"(?<=[0-9)'\"]),?\s+and\s+(?=[A-Z][\w'-]+(?:\s[A-Z][\w.'-]*){0,3},\s)", re.ASCII)
# "Ibid., and …", "Ibid., 7 and …": the Ibid. is a cite of its own.
_IBID_AND = re.compile(
    r"\b(?:[Ii]bid|[Ii]bidem|[Ee]bd|[Ee]benda|[Pp]o aty)\b\.?"
    r"(?:,?\s*(?:[A-Za-z]{1,6}\.?\s?)?[0-9][0-9rv-]{0,9}(?:\s?[,&]\s?[0-9][0-9rv-]{0,9})*)?"
    r"(,?\s+(?:and|und|et|dhe|e|y)\s+)(?=(?:see\s+)?(?:also\s+)?(?:[A-Z'\"]|the\b|ein|die\b|der\b))",
    re.ASCII,
)


def split_note(plain: str, start: int, joints: list[str]) -> list[tuple[int, int]]:
    """Return where each part of a note begins and ends: at semicolons, and before "see also" and its like.

    `joints`: what stands behind a semicolon that is only a sign within a reference, as in those of some archives.
    """
    low = plain.lower()
    is_within = _find_brackets(plain, start)
    cuts: list[tuple[int, int]] = []
    for match in _CUT.finditer(low):
        at = match.start()
        is_cited = plain[at] == ";" and _is_list(plain, at)
        if at >= start and (is_cited or not is_within[at]) and not _is_joint(low, match.end(), joints):
            cuts.append((at + (1 if plain[at] == ")" else 0), match.end()))
    for match in _NEXT_IN_LIST.finditer(plain):
        at = match.start()
        if at >= start and not is_within[at] and _PAGE_BEFORE.search(plain[max(at - 20, 0) : at]):
            cuts.append((match.start(1), match.end(1)))
    for match in _STOP.finditer(plain):
        if match.start() >= start and not is_within[match.start()]:
            cuts.append((match.start(1), match.end(1)))
    for match in _AND.finditer(plain):
        if match.start() >= start and not is_within[match.start()]:
            cuts.append((match.start(), match.end()))
    for match in _IBID_AND.finditer(plain):
        if match.start() >= start and not is_within[match.start()]:
            cuts.append((match.start(1), match.end(1)))
    parts: list[tuple[int, int]] = []
    at = start
    for begin, end in sorted(cuts):
        if begin > at:
            parts.append((at, begin))
        at = max(at, end)
    parts.append((at, len(plain)))
    parts = [(begin, end) for begin, end in parts if plain[begin:end].strip(" .,;*")]
    last_see = max([match.start() for match in _SEE_SOMETHING.finditer(low)] + [-1])
    # "On the split, among others, see X" cites only X.
    return [
        (begin, end)
        for index, (begin, end) in enumerate(parts)
        if index + 1 == len(parts) or last_see < parts[index + 1][0] or not _ASIDE.match(low[begin:end])
    ]


def _is_list(plain: str, at: int) -> bool:
    """Say whether a semicolon stands between works by author and year, not before a remark: "(1963: 44; my stress)"."""
    is_behind_year = _AUTHOR_YEAR.search(plain[max(at - 60, 0) : at]) is not None
    return is_behind_year and _AUTHOR_BEHIND.match(plain, at + 1) is not None


def _is_joint(low: str, at: int, joints: list[str]) -> bool:
    if len(joints) == 0 or low[at - 1 : at] != ";":
        return False
    rest = low[at : at + 200].lstrip(" ")
    return any(rest.startswith(joint) for joint in joints)


def _find_brackets(plain: str, start: int) -> list[bool]:
    """Say of each sign whether it stands in brackets. They must close, and must have opened not long before."""
    last_close = plain.rfind(")")
    is_within: list[bool] = []
    depth, opened = 0, 0
    for at, sign in enumerate(plain):
        is_within.append(depth > 0 and at <= last_close and at - opened < 160)
        if at >= start and sign == "(":
            depth, opened = depth + 1, at
        elif at >= start and sign == ")":
            depth -= 1
    return is_within
