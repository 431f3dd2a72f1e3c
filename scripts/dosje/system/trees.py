"""Two trees of a site: the one that is read, and a spare. New files are put into the spare, then the two are exchanged.

So a reader finds the complete old site or the complete new one at any time, even if we are killed. Some folders cannot
be exchanged, because they are mount points or we may not write to their parent. They are changed file by file, pages
last.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .exchange import finish_exchange, put_in_place
from .manifest import NAME, Manifest, compare, hash_tree, list_files, read_manifest, write_manifest
from .marker import NotOursError, holder_beside, refuse_link
from .renaming import replace_file

# Why a folder cannot be exchanged: it is a mount point, or on another device, or we may not write to its parent.
STAYS = (errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS)
# Files that systems put into folders by themselves.
_HIDDEN = frozenset({".DS_Store"})


@dataclass(frozen=True)
class SiteTrees:
    """A site that is read, and a marked folder on the same device. It holds what is not read yet, or no longer."""

    site: Path
    holder: Path

    @property
    def spare(self) -> Path:
        return self.holder / "spare"

    @property
    def parked(self) -> Path:
        return self.holder / "parked"

    @property
    def work(self) -> Path:
        """What one run makes. It is removed after the run."""
        return self.holder / "work"

    def finish(self) -> None:
        """Finish what an interrupted run began, and remove what it left. Raises NotOursError, OSError."""
        for folder in (self.spare, self.parked, self.work):
            refuse_link(folder)
        finish_exchange(self.spare, self.site, self.parked)
        for folder in (self.parked, self.work):
            remove_folder(folder)


@dataclass(frozen=True)
class New:
    """A file of the new site: where it is now, and its SHA-256."""

    source: Path
    digest: str


def find_trees(site: Path, build_dir: Path) -> SiteTrees:
    """Return the trees of the edition's own site. Raises NotOursError, OSError."""
    outer = site.parent
    if not outer.exists() or outer.stat().st_dev == build_dir.stat().st_dev:
        return SiteTrees(site, build_dir)
    return SiteTrees(site, holder_beside(site))


def check_site(site: Path, go_on: str) -> Manifest:
    """Return the manifest of the folder at `site`, an empty one if nothing is there.

    `go_on`: what to type if it is not ours. Raises NotOursError if it holds anything that no manifest names, is a link,
    or is not a folder. Raises ManifestError, OSError.
    """
    refuse_link(site)
    if not site.exists():
        return Manifest({})
    if not site.is_dir():
        raise NotOursError(f"{site} is no folder: move it away")
    manifest = read_manifest(site)
    names = {entry.name for entry in os.scandir(site)} - {NAME}
    if manifest is None:
        if names:
            raise NotOursError(f"{site} was not made by this dosje, and would be emptied: {go_on}")
        return Manifest({})
    # A working tree of git, or what a server keeps there (.well-known).
    known = {path.partition("/")[0] for path in manifest.sums} | _HIDDEN
    foreign = sorted(name for name in names - known if name.startswith(".") and not name.endswith(".part"))
    if foreign:
        raise NotOursError(f"{site} holds {foreign[0]}, which is not of the site and would be removed: move it away")
    return manifest


def replace_site(
    place: SiteTrees, manifest: Manifest, sources: Mapping[str, Path], tell: Callable[[str], None], *, moves: bool
) -> bool:
    """Give the site the files of `manifest`, which are at `sources`. Return False if it has them already.

    `moves`: sources on the same device may be moved. Otherwise they are copied. Raises OSError.
    """
    site = place.site
    standing = read_manifest(site) if site.is_dir() else None
    if standing == manifest and not compare(manifest.sums, hash_tree(site)):
        return False
    wanted = {path: New(sources[path], digest) for path, digest in manifest.sums.items()}
    try:
        dress(place.spare, site)
        fill(place.spare, wanted, moves=moves)
        write_manifest(place.spare, manifest)
        put_in_place(place.spare, site, place.parked)
    except OSError as error:
        if error.errno not in STAYS or not site.is_dir():
            raise
        tell(f"{site} cannot change its place ({error.strerror}): it is changed as it stands, its pages last")
        # Some sources were already moved into the spare.
        moved = {path: New(place.spare / path, new.digest) for path, new in wanted.items() if not new.source.is_file()}
        replace_standing(site, manifest, wanted | moved)
        remove_folder(place.spare)
    return True


def replace_standing(site: Path, manifest: Manifest, wanted: Mapping[str, New]) -> None:
    """Change a site file by file. Until all are there, it does not agree with its manifest."""
    if read_manifest(site) is None:
        write_manifest(site, Manifest({}))  # ours, but not complete yet
    fill(site, wanted, moves=False)
    write_manifest(site, manifest)


def fill(folder: Path, wanted: Mapping[str, New], *, moves: bool) -> None:
    """Make a folder of ours hold exactly these files and its manifest. Files that it has already are not touched.

    First come the files that pages load, then the pages. Old files are removed last. Raises OSError.
    """
    folder.mkdir(exist_ok=True)
    has = hash_tree(folder)
    for path in sorted(wanted, key=lambda path: (path.endswith(".html"), path)):
        new, target = wanted[path], folder / path
        if has.get(path) == new.digest:
            continue
        _make_way(folder, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if moves:
            replace_file(new.source, target)
        else:
            _copy(new.source, target)
    _remove_others(folder, wanted.keys())


def _make_way(folder: Path, path: str) -> None:
    """Remove what is in the place of a file, or of a folder that the file needs."""
    parts = path.split("/")
    for count in range(1, len(parts)):
        outer = folder.joinpath(*parts[:count])
        if outer.is_symlink() or (outer.exists() and not outer.is_dir()):
            outer.unlink()
    target = folder / path
    if target.is_dir() and not target.is_symlink():
        remove_folder(target)


def _copy(source: Path, target: Path) -> None:
    # We rename and never write into a file: somebody may be reading it, or a backup may have a hard link to it.
    part = target.with_name(f".{os.getpid()}.part")
    shutil.copyfile(source, part)
    replace_file(part, target)


def _remove_others(folder: Path, paths: Iterable[str]) -> None:
    kept = set(paths)
    for path, entry in list(list_files(folder)):
        if path not in kept:
            os.unlink(entry.path)
    _remove_empty(folder)


def _remove_empty(folder: Path) -> bool:
    """Remove all empty folders below a folder. Say whether the folder itself is then empty."""
    is_empty = True
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False) and _remove_empty(Path(entry.path)):
            os.rmdir(entry.path)
        else:
            is_empty = False
    return is_empty


def dress(folder: Path, like: Path) -> None:
    """Make a folder if it is not there. Give it the mode, owner and attributes of another, if that one is there."""
    folder.mkdir(exist_ok=True)
    if not like.is_dir():
        return
    old, own = like.stat(), folder.stat()
    if os.name == "posix" and (old.st_uid, old.st_gid) != (own.st_uid, own.st_gid):
        os.chown(folder, old.st_uid, old.st_gid)
    shutil.copystat(like, folder)


def remove_folder(folder: Path) -> None:
    """Remove a folder of ours with everything in it, if it is there. Of a link, only the link is removed."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
