"""Machines that share nothing build an edition each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from conftest import PROJECT

# What Python runs first of all, in each process: another order of what lies in folders, and another day.
_SITECUSTOMIZE = """
import datetime, os, random, time

_OFFSET = 86_400 * int(os.environ["TEST_DAYS"])
_ORDER = random.Random(os.environ["TEST_ORDER"])
_list, _scan, _time, _time_ns = os.listdir, os.scandir, time.time, time.time_ns
_gmtime, _localtime, _strftime, _datetime = time.gmtime, time.localtime, time.strftime, datetime.datetime


class _Entries:
    def __init__(self, *where):
        with _scan(*where) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        _ORDER.shuffle(found)
        self._left = iter(found)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._left)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def close(self):
        pass


def _listdir(*where):
    found = sorted(_list(*where))
    _ORDER.shuffle(found)
    return found


class _Kind(type):
    def __instancecheck__(cls, other):
        return isinstance(other, _datetime)


class _Moved(_datetime, metaclass=_Kind):
    @classmethod
    def now(cls, tz=None):
        return _datetime.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return _datetime.utcfromtimestamp(time.time())

    @classmethod
    def today(cls):
        return _datetime.fromtimestamp(time.time())


class _Day(datetime.date):
    @classmethod
    def today(cls):
        return _datetime.fromtimestamp(time.time()).date()


if _OFFSET:
    os.listdir, os.scandir, datetime.datetime = _listdir, _Entries, _Moved
    time.time, time.time_ns = lambda: _time() + _OFFSET, lambda: _time_ns() + _OFFSET * 10**9
    time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
    time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
    time.strftime = lambda form, moment=None: _strftime(form, time.localtime() if moment is None else moment)
"""


EXPORTS = ("json", "csl-json", "bibtex", "biblatex", "ris")


@dataclass(frozen=True)
class World:
    """A machine: where it builds, its variables, its umask, and in which order folders list their files."""

    folder: Path
    variables: dict[str, str]
    umask: int
    days: int = 0  # by which its clock is ahead
    order: str = ""  # another one for each word, where the clock is ahead


def worlds(folder: Path, elsewhere: Path) -> list[World]:
    """Return two machines that have nothing in common but the edition and its program."""
    german = {"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "TZ": "Pacific/Kiritimati"}
    return [
        World(folder / "one", {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "1"}, 0o022),
        World(elsewhere / "Ë zwei", {**german, "PYTHONHASHSEED": "2"}, 0o077, 403, "shuffled"),
    ]


def make_history(source: Path, names: Sequence[str], folder: Path) -> None:
    """Make a repository of an edition, in which one record has changed since the others came."""
    folder.mkdir()
    for name in names:
        (shutil.copytree if (source / name).is_dir() else shutil.copy)(source / name, folder / name)
    _git(folder, "init", "-q")
    _commit(folder, "Begin", "2026-01-05T10:00:00+01:00")
    first = min((folder / "content" / "persons").glob("*.yml"))
    first.write_text(first.read_text(encoding="utf-8") + "# seen again\n", encoding="utf-8")
    _commit(folder, "Look again", "2026-02-06T23:30:00-05:00")


def _commit(folder: Path, subject: str, moment: str) -> None:
    _git(folder, "add", "-A")
    who = {f"GIT_{role}_{field}": value for role in ("AUTHOR", "COMMITTER") for field, value in (
        ("NAME", "An Editor"), ("EMAIL", "editor@example.org"), ("DATE", moment))}  # fmt: skip
    _git(folder, "commit", "-q", "-m", subject, variables=who)


def _git(folder: Path, *arguments: str, variables: dict[str, str] | None = None) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, env=os.environ | (variables or {}), capture_output=True)


def build_all(world: World, repository: Path, verbs: Sequence[Sequence[str]]) -> dict[str, str]:
    """Build everything that an edition can be in a machine, and return the digest of each file by its name."""
    world.folder.parent.mkdir(parents=True, exist_ok=True)
    _git(repository, "clone", "-q", "--no-local", str(repository), str(world.folder))
    first = world.folder.parent / f"first-of-{world.days}"
    first.mkdir()
    (first / "sitecustomize.py").write_text(_SITECUSTOMIZE, encoding="utf-8")
    foreign = {name for name in os.environ if name.startswith("LC_") or name in ("LANG", "LANGUAGE", "TZ")}
    environment = {name: value for name, value in os.environ.items() if name not in foreign} | world.variables
    path = os.pathsep.join([str(first), str(PROJECT / "scripts")])
    (world.folder / "exports").mkdir()
    environment |= {"PYTHONPATH": path, "TEST_DAYS": str(world.days), "TEST_ORDER": world.order}
    for verb in verbs:
        command = [sys.executable, "-m", "dosje.cli", *verb, "--project", str(world.folder)]
        done = subprocess.run(
            command, cwd=world.folder, env=environment, umask=world.umask, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{verb}: {done.stdout}{done.stderr}"
    return dict(_digests(world.folder))


def _digests(root: Path) -> Iterator[tuple[str, str]]:
    for folder in (root / "site", root / ".build" / "downloads", root / "exports"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix(), sha256(path.read_bytes()).hexdigest()


def verbs_of(*books: Sequence[str]) -> list[Sequence[str]]:
    exports = [("export", form, "-o", f"exports/edition.{form}") for form in EXPORTS]
    return [*books, ("bundle",), ("build",), *exports]


def differing(
    source: Path, names: Sequence[str], verbs: Sequence[Sequence[str]], folder: Path
) -> tuple[int, list[str]]:
    """Build an edition in two machines; return how many files the first has, and the names of those that differ."""
    # The second lies in memory where that can be: a file system that lists its files in an order of its own.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as elsewhere:
        make_history(source, names, folder / "repository")
        machines = worlds(folder, Path(elsewhere))
        for machine in machines:
            machine.folder.parent.mkdir(exist_ok=True)
        with ThreadPoolExecutor(len(machines)) as pool:
            one, two = pool.map(lambda machine: build_all(machine, folder / "repository", verbs), machines)
    return len(one), sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
