"""Publishes the built site: to a branch of the repository, for GitHub Pages, or to a folder or server.

Nothing is built here, so that what was tested is what is published.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from .settings import Settings
from .write import write_tree

BRANCH = "gh-pages"


class PublishError(RuntimeError):
    """The site could not be published; the message is what the other program said, or what is to be done."""


def publish_to_branch(settings: Settings, remote: str = "origin", branch: str = BRANCH) -> str:
    """Make the built site the only content of a branch and push it; return the commit's id. Raises PublishError.

    The branch has one commit: the site can be made again from the records, and their history is elsewhere.
    """
    site = _site_of(settings)
    root = settings.root
    _run(["git", "rev-parse", "--git-dir"], root)
    with tempfile.TemporaryDirectory() as folder:
        # An index of its own: neither the working tree nor what the editor has staged is touched.
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git = ["git", "--work-tree", str(site)]
        # GitHub would run Jekyll otherwise, which leaves out files that begin with an underscore.
        (site / ".nojekyll").touch()
        _run([*git, "add", "--all", "--force", "."], root, index, at=site)
        tree = _run([*git, "write-tree"], root, index)
    source = _run(["git", "rev-parse", "--short", "HEAD"], root)
    commit = _run(["git", "commit-tree", tree, "-m", f"Publish the site of {source}"], root)
    _run(["git", "push", "--quiet", "--force", remote, f"{commit}:refs/heads/{branch}"], root)
    return commit


def publish_to_target(settings: Settings, target: str) -> None:
    """Make `target`, a folder or what rsync takes for one (user@host:path), hold the site. Raises PublishError."""
    site, root = _site_of(settings), settings.root
    if target.startswith("-"):
        raise PublishError(f'"{target}" is no folder: write PUBLISH_TO=/a/folder or PUBLISH_TO=user@host:path')
    if ":" in target:
        _run(
            ["rsync", "--archive", "--checksum", "--delete-after", "--no-owner", "--no-group", f"{site}/", target], root
        )
        return
    folder = (root / target).resolve()
    if folder == site.resolve() or folder in site.resolve().parents:
        raise PublishError(f"{target} holds the edition itself: name another folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "index.html").is_file():
        # What is not of the site is removed from it, so a slip must not name somebody's documents.
        raise PublishError(f"{target} is not empty and holds no site: name an empty folder")
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    write_tree(folder, files)


def _site_of(settings: Settings) -> Path:
    site = settings.root / settings.site_dir
    if not (site / "index.html").is_file():
        raise PublishError(f"there is no site in {settings.site_dir}/: run dosje build first")
    return site


def _run(command: list[str], root: Path, environment: dict[str, str] | None = None, at: Path | None = None) -> str:
    variables = os.environ | {"GIT_TERMINAL_PROMPT": "0"} | (environment or {})
    if at is not None:
        # From within site/ git must be told where the repository is.
        variables["GIT_DIR"] = _run(["git", "rev-parse", "--absolute-git-dir"], root)
    try:
        done = subprocess.run(
            command, cwd=at or root, env=variables, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError as error:
        raise PublishError(f"{command[0]} is not installed") from error
    if done.returncode:
        raise PublishError((done.stderr or done.stdout).strip() or f"{command[0]} ended with {done.returncode}")
    return done.stdout.strip()
