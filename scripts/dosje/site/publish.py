"""Publishes the built site: to a branch of the repository, for GitHub Pages, or to a folder or server.

Nothing is built here: what was tested is what is published. Files with a digest in their names that pages of the
version before load stay for one version, so a page that was opened before still finds its style sheet and search.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from ..reading.settings import Settings
from ..system.children import Limits, MissingError, run_child
from ..system.lock import hold_lock
from ..system.manifest import (
    NAME,
    NO_JEKYLL,
    Manifest,
    ManifestError,
    compare,
    format_manifest,
    hash_file,
    hash_tree,
    parse_manifest,
    read_manifest,
)
from ..system.marker import NotOursError, holder_beside
from ..system.renaming import is_windows
from ..system.trees import STAYS, New, SiteTrees, check_site, replace_site, replace_standing

BRANCH = "gh-pages"
# A style sheet, script, font, or piece of the search index: of no other file a former version is ever of use.
_LOADED = re.compile(
    r"(?:assets/[\w./-]*[._-][0-9a-f]{7,}\.(?:[\w.]+\.)?(?:css|js|woff2)|pagefind/[\w./-]*[._-][0-9a-f]{7,}\.[\w.]+)"
)
_SUBJECT = "Publish the site of "
# Of a branch that was published before there was a manifest, by dosje or by MkDocs.
_OLD_SUBJECTS = (_SUBJECT, "Deployed ")
_RSYNC = ("rsync", "--archive", "--checksum", "--no-owner", "--no-group")
# rsync: some files could not be transferred.
_PARTIAL = 23
# An option, or a host that ssh would read as an option.
_LIKE_OPTION = re.compile(r"(?:[^/:]*@)?\[?-")
# Folders of an edition that are never published into, besides those that mkdocs.yml names.
_OWN = ("content", "theme", "templates", ".git", ".github", ".build")


class PublishError(RuntimeError):
    """The site could not be published; the message is that of the other program, or says what to do."""

    def __init__(self, message: str, code: int = 0) -> None:
        super().__init__(message)
        self.code = code  # of the other program


class TargetError(PublishError):
    """Nothing can be published there, or must not be; the message says what to name instead."""


def join_manifests(own: Manifest, before: Manifest, there: Collection[str]) -> Manifest:
    """Return what is published: this version, and of the one before what its pages load, as far as it is `there`."""
    if before.own == own.sums:
        return before
    loaded = {path: digest for path, digest in before.own.items() if _LOADED.fullmatch(path)}
    kept = {path: digest for path, digest in loaded.items() if path not in own.sums and path in there}
    return Manifest({**own.sums, **kept}, frozenset(kept))


def publish_to_branch(settings: Settings, remote: str = "origin", branch: str = BRANCH) -> str:
    """Make the built site the only content of a branch and push it; return the commit's id.

    Raises PublishError, TargetError; NotOursError if the branch holds something else. The branch
    has one commit: the site can be made again from the records, and their history is elsewhere.
    """
    site, root = settings.root / settings.site_dir, settings.root
    if not remote or remote.startswith("-"):
        raise TargetError(f'"{remote}" is no repository: write --remote origin, or an address')
    own = _read_site(settings)
    _run(["git", "rev-parse", "--git-dir"], root)
    _check_remote(root, remote)
    before, blobs = _read_branch(root, remote, branch)
    own = Manifest({**own.sums, NO_JEKYLL: hashlib.sha256(b"").hexdigest()})
    manifest = join_manifests(own, before, blobs)
    with tempfile.TemporaryDirectory() as folder:
        # An index of our own, so that neither the working tree nor what the editor has staged changes.
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git = ["git", "-c", "core.autocrlf=false", "--work-tree", str(site)]
        _run([*git, "add", "--all", "--force", "."], root, index, at=site)
        added = {path: blobs[path] for path in manifest.kept}
        added[NO_JEKYLL] = _run(["git", "hash-object", "-w", "--stdin"], root)
        added[NAME] = _run(["git", "hash-object", "-w", "--stdin"], root, given=format_manifest(manifest))
        lines = "".join(f"100644 {blob}\t{path}\0" for path, blob in sorted(added.items()))
        _run(["git", "update-index", "-z", "--index-info"], root, index, given=lines)
        tree = _run(["git", "write-tree"], root, index)
    source = _run(["git", "rev-parse", "--short", "HEAD"], root)
    commit = _run(["git", "commit-tree", tree, "-m", f"{_SUBJECT} {source}"], root)
    _run(["git", "push", "--quiet", "--force", "--", remote, f"{commit}:refs/heads/{branch}"], root)
    return commit


def _check_remote(root: Path, remote: str) -> None:
    """Raise TargetError for a plain name that no remote of the repository has. Anything else may be an address."""
    if re.fullmatch(r"[\w-]+", remote) and not (root / remote).exists():
        names = _run(["git", "remote"], root).split()
        if remote not in names:
            known = f"write --remote {' or '.join(names)}" if names else f"git remote add {remote} ADDRESS"
            raise TargetError(f'no remote "{remote}": {known}; a folder or server is named by --to TARGET')


def _read_branch(root: Path, remote: str, branch: str) -> tuple[Manifest, dict[str, str]]:
    """Return the manifest of what is on a branch, and the id of each of its files by path."""
    found = _run(["git", "ls-remote", "--", remote, f"refs/heads/{branch}"], root)
    if not found:
        return Manifest({}), {}
    commit = found.split()[0]
    fetch = ["git", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--"]
    _run([*fetch, remote, f"refs/heads/{branch}"], root)
    listed = _run(["git", "ls-tree", "-r", "-z", commit], root).split("\0")
    blobs = {path: words.split()[2] for words, _, path in (line.partition("\t") for line in listed if line)}
    if NAME in blobs:
        return _parse(_run(["git", "cat-file", "blob", blobs[NAME]], root)), blobs
    if not _run(["git", "log", "-1", "--format=%s", commit], root).startswith(_OLD_SUBJECTS):
        raise NotOursError(
            f"{branch} of {remote} was not published by dosje, and would be replaced: "
            f"git push {remote} --delete {branch}, or keep it under another name first"
        )
    return Manifest({}), blobs


def publish_to_target(settings: Settings, target: str, tell: Callable[[str], None]) -> str:
    """Make `target`, a folder or what rsync takes for one (user@host:path), hold the site; return where it now is.

    A folder counts from the working folder. Raises PublishError, TargetError; NotOursError if it holds something else.
    """
    own = _read_site(settings)
    if not target or _LIKE_OPTION.match(target):
        raise TargetError(f'"{target}" is no folder: write PUBLISH_TO=/a/folder or PUBLISH_TO=user@host:path')
    if is_on_server(target):
        _publish_by_rsync(settings, own, target)
        return target
    folder = Path(target).resolve()
    _check_apart(settings, folder)
    _publish_to_folder(settings, own, folder, tell)
    return str(folder)


def is_on_server(target: str) -> bool:
    """Say whether a target is one of rsync's: user@host:path. On Windows one letter before the colon is a drive."""
    host, colon, _ = target.partition("/")[0].partition(":")
    return bool(colon) and not (is_windows() and len(host) == 1)


def _check_apart(settings: Settings, folder: Path) -> None:
    """Raise TargetError if a site in `folder` would replace the edition, or lie among what it is made of."""
    root = settings.root.resolve()
    if root.is_relative_to(folder) or (root / settings.site_dir).resolve().is_relative_to(folder):
        raise TargetError(f"{folder} holds the edition itself: name another folder")
    named = (settings.bib_dir, str(Path(settings.bib_file).parent), settings.theme_dir, settings.docs_dir)
    for name in (*_OWN, settings.site_dir, *named):
        own = (root / name).resolve()
        # What is named as "" or "." is the edition's folder, below which there may be others.
        if own != root and folder.is_relative_to(own):
            raise TargetError(f"{folder} lies in {name}/ of the edition itself: name another folder")


def _publish_to_folder(settings: Settings, own: Manifest, folder: Path, tell: Callable[[str], None]) -> None:
    # Files that are not of the site are removed there, so a folder of documents named by mistake is refused.
    hint = f"name an empty folder, or, if all of it may be removed: touch {folder / NAME}"
    check_site(folder, hint)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        holder = holder_beside(folder)
    except OSError as error:
        if error.errno not in STAYS or not folder.is_dir():
            raise
        tell(f"{folder.parent} may not be written to: {folder} is changed as it stands, its pages last")
        manifest, sources = _sources_of(settings, own, folder)
        replace_standing(folder, manifest, {path: New(sources[path], sum_) for path, sum_ in manifest.sums.items()})
        return
    place = SiteTrees(folder, holder)
    with hold_lock(holder / "lock", "publish", tell):
        place.finish()
        manifest, sources = _sources_of(settings, own, folder)
        replace_site(place, manifest, sources, tell, moves=False)


def _sources_of(settings: Settings, own: Manifest, folder: Path) -> tuple[Manifest, dict[str, Path]]:
    """Return what `folder` shall hold, and where each of its files is now."""
    before = (read_manifest(folder) if folder.is_dir() else None) or Manifest({})
    there = {
        path
        for path, digest in before.own.items()
        if _LOADED.fullmatch(path) and (folder / path).is_file() and hash_file(folder / path) == digest
    }
    manifest = join_manifests(own, before, there)
    site = settings.root / settings.site_dir
    return manifest, {path: (folder if path in manifest.kept else site) / path for path in manifest.sums}


def _publish_by_rsync(settings: Settings, own: Manifest, target: str) -> None:
    site, root, target = settings.root / settings.site_dir, settings.root, f"{target.rstrip('/')}/"
    with tempfile.TemporaryDirectory() as name:
        top = Path(name) / "top"
        top.mkdir()
        before = _fetch_manifest(root, target, top)
        manifest = join_manifests(own, before, before.sums)
        (top / NAME).write_bytes(format_manifest(manifest).encode("utf-8", "surrogateescape"))
        shutil.copystat(site, top)  # rsync gives the target what the first source has
        # Files that pages load arrive before the pages, and leave after them.
        _run([*_RSYNC, "--exclude=*.html", f"--exclude=/{NAME}", "--", f"{site}/", target], root)
        protected = [f"--filter=P /{path}" for path in sorted(manifest.kept)]
        _run([*_RSYNC, "--delay-updates", "--delete-after", *protected, "--", f"{top}/", f"{site}/", target], root)


def _fetch_manifest(root: Path, target: str, folder: Path) -> Manifest:
    """Return the manifest of what is on a server. Raises NotOursError if something else is."""
    try:
        _run(["rsync", "--dirs", f"--include=/{NAME}", "--exclude=*", "--", target, f"{folder}/"], root)
        found = read_manifest(folder)
        listed = [] if found else _run(["rsync", "--dirs", "--list-only", "--", target], root).splitlines()
    except PublishError as error:
        if error.code == _PARTIAL and os.strerror(errno.ENOENT) in str(error):
            return Manifest({})  # rsync makes the folder
        raise
    if len(listed) > 1:  # the folder itself is listed, too
        raise NotOursError(
            f"{target} is not empty and holds no site of this dosje: name an empty folder, "
            f"or, if all of it may be removed, make a file {NAME} in it"
        )
    return found or Manifest({})


def _parse(text: str) -> Manifest:
    try:
        return parse_manifest(text)
    except ManifestError as error:
        raise PublishError(str(error)) from error


def _read_site(settings: Settings) -> Manifest:
    site = settings.root / settings.site_dir
    try:
        manifest = read_manifest(site)
    except ManifestError as error:
        raise PublishError(f"{settings.site_dir}/: {error}: run dosje build first") from error
    if manifest is None:
        raise PublishError(f"there is no site of this dosje in {settings.site_dir}/: run dosje build first")
    # So what is published is what was built, and tested.
    for line in compare(manifest.sums, hash_tree(site)).lines():
        raise PublishError(f"{settings.site_dir}/ is not as it was built ({line}): run dosje build first")
    return manifest


def _run(
    command: list[str],
    root: Path,
    environment: dict[str, str] | None = None,
    at: Path | None = None,
    given: str = "",
) -> str:
    variables = os.environ | {"GIT_TERMINAL_PROMPT": "0"} | (environment or {})
    if at is not None:
        # From within site/ git must be told where the repository is.
        variables["GIT_DIR"] = _run(["git", "rev-parse", "--absolute-git-dir"], root)
    try:
        # With the terminal, on which ssh may ask for a password.
        done = run_child(
            command, Limits(), f"{command[0]}, for publishing", text=given, folder=at or root, environment=variables,
            errors="surrogateescape", has_terminal=True,
        )  # fmt: skip
    except MissingError as error:
        raise PublishError(f"{command[0]} is not installed") from error
    if done.code:
        said = (done.stderr or done.stdout).encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip()
        raise PublishError(said or f"{command[0]} ended with {done.code}", done.code)
    return done.stdout.strip()
