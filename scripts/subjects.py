#!/usr/bin/env python3
"""Says which subjects of commits are longer than a line of the log shows: 72 characters.

    scripts/subjects.py BASE             of the commits since they parted from BASE, as a pull request has them
    scripts/subjects.py                  of the commits that the upstream branch does not have yet
    scripts/subjects.py --message FILE   of a message that git is about to use (the hook commit-msg)

What the upstream has is history, and is left: its subjects can no longer be changed. Exit codes: 0 good, 1 a subject
is too long, 2 git cannot say.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LONGEST = 72
# Git takes these away when it puts such a commit into the one that it mends.
_AUTOSQUASH = re.compile(r"(?:(?:fixup|squash|amend)! )+")
_USAGE = "usage: scripts/subjects.py [BASE | --message FILE]"


def too_long(subject: str) -> bool:
    """Say whether a subject has more than 72 characters, without the marks of `git commit --fixup`."""
    return len(_AUTOSQUASH.sub("", subject, count=1)) > LONGEST


def subject_of(message: str) -> str:
    """Return the subject as git reads it: the lines of the first paragraph in one line, without comments."""
    done = subprocess.run(
        ["git", "stripspace", "--strip-comments"], input=message, capture_output=True, encoding="utf-8", check=True
    )
    return " ".join(done.stdout.split("\n\n")[0].split("\n")).strip()


def subjects_since(base: str) -> list[tuple[str, str]]:
    """Return hash and subject of the commits that `base` does not have, the oldest first.

    Merges are left out: their words are git's or GitHub's. Raises CalledProcessError if `base` is no commit.
    """
    log = _git("log", "--no-merges", "--reverse", "--format=%h%x00%s", f"{base}..HEAD")
    return [(short, subject) for short, _, subject in (line.partition("\0") for line in log.split("\n") if line)]


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], check=True, capture_output=True, encoding="utf-8", errors="replace"
    ).stdout


def _is_there(name: str) -> bool:
    done = subprocess.run(["git", "rev-parse", "-q", "--verify", name], capture_output=True, check=False)
    return done.returncode == 0


def _check_message(path: Path) -> list[str]:
    # The message of a merge is git's, and names a branch or an address of whatever length.
    if _is_there("MERGE_HEAD"):
        return []
    subject = subject_of(path.read_text(encoding="utf-8", errors="replace"))
    return [f"{len(subject)} characters: {subject}"] if too_long(subject) else []


def _check_commits(base: str) -> list[str]:
    return [
        f"{short}: {len(subject)} characters: {subject}" for short, subject in subjects_since(base) if too_long(subject)
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the subjects that are too long, and return the exit code."""
    try:
        match arguments:
            case ["--message", path]:
                found = _check_message(Path(path))
            case []:
                # A clone without an upstream, or files without git, have nothing that could still be changed.
                found = _check_commits("@{upstream}") if _is_there("@{upstream}") else []
            case [base] if not base.startswith("-"):
                found = _check_commits(base)
            case _:
                print(_USAGE, file=sys.stderr)
                return 2
    except subprocess.CalledProcessError as error:
        print(error.stderr.strip(), file=sys.stderr)
        return 2
    for line in found:
        print(line)
    if found:
        print(f"A subject has at most {LONGEST} characters: say the rest below it, behind an empty line")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
