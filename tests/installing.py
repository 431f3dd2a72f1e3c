"""The program as others get it: wheel and sdist of what git would give them, in an environment outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from sharing import share

PROJECT = Path(__file__).parent.parent
_UV = [sys.executable, "-m", "uv"]
# Named in an environment's .pth, so that every Python of it runs this first. It says what of the checkout is read, and
# refuses it. The locked environment, whose packages are used, may lie in the checkout.
_WATCH = """
import os, sys

_CHECKOUT, _LOCKED, _OWN, _LOG = {checkout!r}, {locked!r}, {own!r}, {log!r}
_EVENTS = frozenset(("open", "os.listdir", "os.scandir", "os.chdir", "subprocess.Popen"))


def _watch(event, arguments):
    if event not in _EVENTS or not arguments or not isinstance(arguments[0], (str, bytes, os.PathLike)):
        return
    path = os.path.realpath(os.fsdecode(arguments[0]))
    if not path.startswith(_CHECKOUT + os.sep) or path.startswith((_LOCKED + os.sep, _OWN + os.sep)):
        return
    number = os.open(_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(number, (event + " " + path + chr(10)).encode())
    os.close(number)
    raise PermissionError(13, "the checkout is not to be read", path)


sys.addaudithook(_watch)
"""


class Installed:
    """An environment that has the program, without pip, and its dependencies from the locked one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        bin_folder = Path(sysconfig.get_path("scripts", vars={"base": str(folder)}))
        self.python, self.dosje = bin_folder / "python", bin_folder / "dosje"
        self.packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
        self.log = folder / "read-of-the-checkout"

    @property
    def read_of_checkout(self) -> list[str]:
        """What of the checkout was read, a line each: nothing should be."""
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []

    def run(self, program: Path, folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Return what a program of the environment printed. Raises AssertionError if it ended with an error."""
        done = subprocess.run(
            [str(program), *arguments], cwd=folder, input=typed, capture_output=True, encoding="utf-8", check=False,
            env=self.environment,
        )  # fmt: skip
        assert done.returncode == 0, f"{' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done

    @property
    def environment(self) -> dict[str, str]:
        """The variables of the machine, without those that would lead Python to the checkout."""
        return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


def build_distributions(target: Path) -> None:
    """Build sdist and wheel of the working tree as it is, the wheel from the sdist, into `target`/dist."""
    source = target / "source"
    # All that git has: the sdist takes what it needs of it.
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=PROJECT, check=True, capture_output=True, encoding="utf-8")
    for name in filter(None, listed.stdout.split("\0")):
        if (PROJECT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((PROJECT / name).read_bytes())
    build = [*_UV, "build", "-q", "--offline", "--no-build-isolation", "--python", sys.executable]
    subprocess.run([*build, "--out-dir", str(target / "dist"), str(source)], check=True, capture_output=True)


def distributions(factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return wheel and sdist, which are built once a run."""
    dist = share(factory, "distributions", build_distributions) / "dist"
    return next(dist.glob("dosje-*.whl")), next(dist.glob("dosje-*.tar.gz"))


def make_empty_environment(folder: Path) -> Installed:
    """Return an environment without any package."""
    subprocess.run([*_UV, "venv", "-q", "--offline", "--python", sys.executable, str(folder)], check=True)
    return Installed(folder)


def install(installed: Installed, *what: str) -> None:
    command = [*_UV, "pip", "install", "-q", "--python", str(installed.python), *what]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", env=installed.environment)
    assert done.returncode == 0, done.stderr


def install_watched(folder: Path, wheel: Path) -> Installed:
    """Return an environment with the wheel in it, in which the checkout cannot be read."""
    installed = make_empty_environment(folder)
    install(installed, "--offline", "--no-deps", str(wheel))
    locked = sysconfig.get_path("purelib")
    watch = _WATCH.format(
        checkout=str(PROJECT.resolve()), locked=str(Path(sys.prefix).resolve()), own=str(folder.resolve()),
        log=str(installed.log.resolve()),
    )  # fmt: skip
    (installed.packages / "dosje_watch.py").write_text(watch, encoding="utf-8")
    # Dependencies alone: the checkout, which is installed there as editable, is not on this path.
    lines = f"import dosje_watch\nimport sys; sys.path.append({locked!r})\n"
    (installed.packages / "locked.pth").write_text(lines, encoding="utf-8")
    where = installed.run(installed.python, folder, "-c", "import dosje; print(dosje.__file__)").stdout.strip()
    assert Path(where).resolve().is_relative_to(installed.packages.resolve())
    return installed


def watched(factory: pytest.TempPathFactory) -> Installed:
    """Return the environment in which the checkout cannot be read; it is made once a run."""
    wheel, _ = distributions(factory)
    return Installed(share(factory, "installed", lambda folder: install_watched(folder / "env", wheel)) / "env")
