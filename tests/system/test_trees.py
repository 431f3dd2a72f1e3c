"""A site is the old one or the new one: at every step at which a run can be killed, and for whoever reads meanwhile."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dosje.reading.settings import Settings
from dosje.site.publish import PublishError, publish_to_target
from dosje.system import exchange
from dosje.system.manifest import NAME, Manifest, make_manifest, read_manifest
from dosje.system.marker import NotOursError, mark_folder
from dosje.system.trees import SiteTrees, check_site, find_trees, remove_folder, replace_site

Files = dict[str, str]
OLD = {
    "index.html": "old",
    "same.html": "same",
    "a/b.html": "old b",
    "c/d.html": "a folder that becomes a file",
    "e": "a file that becomes a folder",
    "assets/site.1111111.css": "old looks",
    "pagefind/index/en_1111111.pf_index": "old pieces",
}
NEW = {
    "index.html": "new",
    "same.html": "same",
    "a/b.html": "new b",
    "c": "a file",
    "e/f.html": "a folder",
    "assets/site.2222222.css": "new looks",
    "pagefind/index/en_2222222.pf_index": "new pieces",
}
NEWER = NEW | {"index.html": "newer", "assets/site.3333333.css": "newer looks"}
del NEWER["assets/site.2222222.css"]
_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGING = ("rename", "remove", "rmdir", "mkdir", "chmod", "chown", "utime", "truncate", "setxattr", "symlink", "link")


class Killed(BaseException):
    """What ends a run that is killed."""


class Killer:
    """Lets a run change so many things on disk and no more, as SIGKILL would: no handler cleans up behind it."""

    steps: int | None = None

    def watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.steps is None or threading.current_thread() is not threading.main_thread():
            return
        is_open = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITE
        # The library is loaded right before the folders change places.
        if is_open or event == "ctypes.dlopen" or event.removeprefix("os.") in _CHANGING:
            if not self.steps:
                raise Killed
            self.steps -= 1


KILLER = Killer()
sys.addaudithook(KILLER.watch)


def is_killed_after(steps: int, run: Callable[[], object]) -> bool:
    KILLER.steps = steps
    try:
        run()
    except Killed:
        return True
    finally:
        KILLER.steps = None
    return False


def read_tree(folder: Path) -> Files | None:
    """Return the files of a folder, without its manifest, which must agree with them; None if there is no folder."""
    if not folder.is_dir():
        return None
    manifest = read_manifest(folder)
    assert manifest is not None and manifest.sums == make_manifest(folder).sums
    return {path: (folder / path).read_text() for path in manifest.sums}


def write(folder: Path, files: Files) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture
def place(tmp_path: Path) -> SiteTrees:
    return SiteTrees(tmp_path / "site", mark_folder(tmp_path / ".build"))


TOLD: list[str] = []


def build(place: SiteTrees, files: Files) -> bool:
    """Do to a site what a build does, once its files are made."""
    place.finish()
    check_site(place.site, "mv")
    write(place.work, files)
    manifest = make_manifest(place.work)
    sources = {path: place.work / path for path in manifest.sums}
    is_new = replace_site(place, manifest, sources, TOLD.append, moves=True)
    remove_folder(place.work)
    return is_new


def listing(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


@pytest.fixture
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make the system able to exchange two folders, or not, or not this one."""
    answers = {"in two renames": errno.ENOSYS, "in place": errno.EBUSY}
    if request.param in answers:
        monkeypatch.setattr(exchange, "_call", lambda one, other: answers[request.param])
    return str(request.param)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("before", "way"),
    [(None, "in one step"), (OLD, "in one step"), (OLD, "in two renames"), (OLD, "in place")],
    indirect=["way"],
)
def test_a_build_that_is_killed_at_any_step_leaves_one_site_and_the_next_is_good(
    before: Files | None, way: str, tmp_path: Path
) -> None:
    left = []
    for steps in range(1000):
        root = tmp_path / str(steps)
        root.mkdir()
        place = SiteTrees(root / "site", mark_folder(root / ".build"))
        if before:
            build(place, before)
        is_killed = is_killed_after(steps, lambda place=place: build(place, NEW))  # type: ignore[misc]
        if way != "in place":
            left.append(read_tree(place.site))
        assert build(place, NEW) in (True, False)
        assert read_tree(place.site) == NEW
        spare = {f".build/spare/{name}" for name in [*OLD, *NEW, NAME]}
        assert set(listing(root)) - spare == {".build/CACHEDIR.TAG", *(f"site/{name}" for name in [*NEW, NAME])}
        if not is_killed:
            assert steps > 20
            break
    # Between two renames nothing stands.
    allowed = [before, NEW, *([None] if way == "in two renames" else [])]
    assert [one for one in left if one not in allowed] == []
    assert [one for one in allowed if one not in left] == [] or not left


def test_what_was_killed_between_two_renames_is_finished_by_whoever_writes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_call", lambda one, other: errno.EINVAL)
    finished = 0
    for steps in range(1000):
        place = SiteTrees(tmp_path / str(steps) / "site", tmp_path / str(steps) / ".build")
        place.site.parent.mkdir()
        mark_folder(place.holder)
        build(place, OLD)
        if not is_killed_after(steps, lambda place=place: build(place, NEW)):  # type: ignore[misc]
            break
        if place.parked.exists():
            place.finish()
            assert (read_tree(place.site), read_tree(place.spare), place.parked.exists()) == (NEW, OLD, False)
            finished += 1
    assert finished == 2  # before the second rename, and before the third


@pytest.mark.parametrize("way", ["in one step", "in two renames"], indirect=True)
def test_a_publishing_that_is_killed_at_any_step_leaves_one_site_and_the_next_is_good(way: str, tmp_path: Path) -> None:
    kept = {name: text for name, text in OLD.items() if "1111111" in name}
    left = []
    for steps in range(1000):
        root = tmp_path / str(steps)
        root.mkdir()
        settings, target = Settings(root, "A", ""), tmp_path / f"target-{steps}" / "edition"
        place = SiteTrees(root / "site", mark_folder(root / ".build"))
        build(place, OLD)
        publish_to_target(settings, str(target), TOLD.append)
        build(place, NEW)
        is_killed = is_killed_after(steps, lambda: publish_to_target(settings, str(target), TOLD.append))  # noqa: B023
        left.append(read_tree(target))
        publish_to_target(settings, str(target), TOLD.append)
        assert read_tree(target) == NEW | kept
        assert sorted(path.name for path in target.parent.iterdir()) == [".edition.dosje", "edition"]
        holder = target.with_name(".edition.dosje")
        assert sorted(path.name for path in holder.iterdir()) == ["CACHEDIR.TAG", "lock", "spare"]
        if not is_killed:
            break
    allowed = [OLD, NEW | kept, *([None] if way == "in two renames" else [])]
    assert [one for one in left if one not in allowed] == []
    assert [one for one in allowed if one not in left] == []


def test_an_equal_site_is_not_touched(place: SiteTrees) -> None:
    assert build(place, OLD)
    before = written_in(place.site)
    assert not build(place, OLD)
    assert written_in(place.site) == before


def written_in(site: Path) -> dict[Path, tuple[int, int, int, int, int]]:
    """Return of each file and folder all that writing changes; when it was last read is nobody's matter."""
    stats = {path: path.stat() for path in (site, *site.rglob("*"))}
    return {path: (s.st_ino, s.st_mode, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for path, s in stats.items()}


@pytest.mark.parametrize("harm", ["changed", "missing", "added"])
def test_a_site_that_somebody_harmed_is_made_good_by_the_next_build(harm: str, place: SiteTrees) -> None:
    build(place, OLD)
    if harm == "missing":
        (place.site / "index.html").unlink()
    else:
        (place.site / ("index.html" if harm == "changed" else "more.html")).write_text("x")
    assert build(place, OLD)
    assert read_tree(place.site) == OLD


@contextmanager
def beside(run: Callable[[], None], has_ended: threading.Event) -> Iterator[None]:
    """Run something in a thread of its own until the block ends."""
    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        has_ended.set()
        thread.join()


@pytest.mark.whole
def test_who_reads_during_builds_finds_each_file_whole_and_there(place: SiteTrees) -> None:
    both = [OLD | {"c": "-", "e": "-"}, NEW | {"c": "+", "e": "+"}]
    both = [
        {name: text * 5000 for name, text in files.items() if "/" not in name or name == "a/b.html"} for files in both
    ]
    build(place, both[0])
    has_ended, failures, reads = threading.Event(), list[str](), 0

    def read() -> None:
        nonlocal reads
        while not has_ended.is_set():
            for name in both[0]:
                try:
                    text = (place.site / name).read_text()
                    if text not in (both[0][name], both[1][name]):
                        failures.append(f"{name}: {text[:20]}")
                except OSError as error:
                    failures.append(str(error))
                reads += 1

    with beside(read, has_ended):
        for turn in range(150):
            build(place, both[(turn + 1) % 2])
    assert (failures, reads > 500) == ([], True)


def test_mode_of_the_folder_stays_and_files_are_as_umask_says(place: SiteTrees) -> None:
    build(place, OLD)
    assert (place.site.stat().st_mode & 0o777, (place.site / "index.html").stat().st_mode & 0o777) == (0o755, 0o644)
    place.site.chmod(0o2750)
    for files in (NEW, OLD, NEW):
        build(place, files)
        assert place.site.stat().st_mode & 0o7777 == 0o2750
    assert not place.site.is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_the_owner_of_the_folder_stays(place: SiteTrees) -> None:
    build(place, OLD)
    os.chown(place.site, 12345, 54321)
    build(place, NEW)
    assert (place.site.stat().st_uid, place.site.stat().st_gid) == (12345, 54321)


def test_a_hard_link_to_a_file_of_the_site_keeps_its_text(place: SiteTrees, tmp_path: Path) -> None:
    build(place, OLD)
    os.link(place.site / "index.html", tmp_path / "backup.html")
    for files in (NEW, NEWER, OLD, NEW):
        build(place, files)
    assert (tmp_path / "backup.html").read_text() == "old"


def test_a_folder_that_cannot_change_its_place_is_changed_as_it_stands_and_that_is_said(
    place: SiteTrees, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(place, OLD)
    inode = place.site.stat().st_ino
    monkeypatch.setattr(exchange, "_call", lambda one, other: errno.EBUSY)
    TOLD.clear()
    build(place, NEW)
    assert list(TOLD) == [
        f"{place.site} cannot change its place (Device or resource busy): it is changed as it stands, its pages last"
    ]
    assert (place.site.stat().st_ino, read_tree(place.site), place.spare.exists()) == (inode, NEW, False)


@pytest.mark.parametrize("kind", ["a file", "a link", "a folder with something in it", "a working tree of git"])
def test_what_stands_there_and_is_not_ours_is_left_as_it_is(kind: str, place: SiteTrees, tmp_path: Path) -> None:
    if kind == "a file":
        place.site.write_text("mine")
    elif kind == "a link":
        write(tmp_path / "mine", {"a": "mine"})
        place.site.symlink_to("mine")
    elif kind == "a folder with something in it":
        write(place.site, {"index.html": "of an earlier version, or somebody's own"})
    else:
        build(place, OLD)
        write(place.site, {".git": "gitdir: elsewhere"})
    before = {path: path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(NotOursError) as caught:
        build(place, NEW)
    assert str(place.site) in str(caught.value) and "\n" not in str(caught.value)
    assert {path: path.read_text() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["spare", "parked", "work"])
def test_a_link_among_our_own_folders_is_refused(name: str, place: SiteTrees, tmp_path: Path) -> None:
    write(tmp_path / "content", {"record.yml": "mine"})
    build(place, OLD)
    remove_folder(place.holder / name)
    (place.holder / name).symlink_to(tmp_path / "content")
    with pytest.raises(NotOursError, match="is a link to"):
        build(place, NEW)
    assert listing(tmp_path / "content") == ["record.yml"]


def test_links_in_a_site_are_removed_and_what_they_lead_to_stays(place: SiteTrees, tmp_path: Path) -> None:
    write(tmp_path / "mine", {"a/b.html": "mine"})
    build(place, OLD)
    (place.site / "index.html").unlink()
    (place.site / "index.html").symlink_to(tmp_path / "mine" / "a" / "b.html")
    remove_folder(place.site / "a")
    (place.site / "a").symlink_to(tmp_path / "mine" / "a")
    for files in (NEW, OLD, NEW):
        build(place, files)
        assert read_tree(place.site) == files
    assert (tmp_path / "mine" / "a" / "b.html").read_text() == "mine"


def test_the_spare_lies_beside_a_site_that_is_on_another_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_dir = mark_folder(tmp_path / ".build")
    stat = Path.stat

    def other_device(path: Path, **options: bool) -> os.stat_result:
        found = stat(path, **options)
        return os.stat_result((*found[:2], 99, *found[3:])) if path == build_dir else found

    assert find_trees(tmp_path / "site", build_dir) == SiteTrees(tmp_path / "site", build_dir)
    monkeypatch.setattr(Path, "stat", other_device)
    place = find_trees(tmp_path / "site", build_dir)
    assert place == SiteTrees(tmp_path / "site", tmp_path / ".site.dosje")
    build(place, OLD)
    build(place, NEW)
    assert read_tree(place.site) == NEW


def publish(root: Path, target: Path, files: Files) -> None:
    build(SiteTrees(root / "site", mark_folder(root / ".build")), files)
    publish_to_target(Settings(root, "A", ""), str(target), TOLD.append)


def test_what_pages_load_stays_published_for_one_version(tmp_path: Path) -> None:
    target = tmp_path / "www" / "edition"
    root = tmp_path / "project"
    root.mkdir()
    publish(root, target, OLD)
    publish(root, target, NEW)
    kept = {name for name in OLD if "1111111" in name}
    manifest = read_manifest(target)
    assert manifest is not None and manifest.kept == kept and set(manifest.own) == set(NEW)
    publish(root, target, NEW)  # the same version again
    assert read_manifest(target) == manifest
    publish(root, target, NEWER)
    assert set(read_tree(target) or ()) == {*NEWER, "assets/site.2222222.css"}


def test_a_page_and_then_what_it_loads_is_found_however_often_is_published(tmp_path: Path) -> None:
    root, target = tmp_path / "project", tmp_path / "edition"
    root.mkdir()

    def version(number: int) -> Files:
        looks = f"assets/site.{number:08x}.css"
        return {"index.html": looks + " " * 5000, looks: f"looks {number}", "same.html": "same"}

    publish(root, target, version(0))
    has_ended, failures, reads = threading.Event(), list[str](), 0

    def number_of(page: str) -> int:
        return int(page.strip()[-12:-4], 16)

    def read() -> None:
        nonlocal reads
        while not has_ended.is_set():
            page = (target / "index.html").read_text()
            try:
                assert (target / page.strip()).read_text() == f"looks {number_of(page)}"
            except (OSError, AssertionError) as error:
                # Of the version before the last it may be gone.
                if number_of((target / "index.html").read_text()) < number_of(page) + 2:
                    failures.append(str(error))
            reads += 1

    with beside(read, has_ended):
        for number in range(1, 40):
            publish(root, target, version(number))
    assert (failures, reads > 100) == ([], True)


def test_a_folder_whose_parent_may_not_be_written_to_is_published_to_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, target = tmp_path / "project", tmp_path / "edition"
    root.mkdir()
    target.mkdir()

    def refuse(folder: Path) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("dosje.site.publish.holder_beside", refuse)
    for files in (OLD, NEW):
        TOLD.clear()
        publish(root, target, files)
        assert list(TOLD) == [f"{tmp_path} may not be written to: {target} is changed as it stands, its pages last"]
    assert read_tree(target) == NEW | {name: text for name, text in OLD.items() if "1111111" in name}
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["edition", "project"]


def test_a_folder_that_is_not_ours_is_not_emptied_unless_somebody_says_so(tmp_path: Path) -> None:
    root, target = tmp_path / "project", tmp_path / "documents"
    root.mkdir()
    write(target, {"will.txt": "mine"})
    with pytest.raises(NotOursError, match=f"touch {target / NAME}"):
        publish(root, target, OLD)
    assert listing(target) == ["will.txt"] and not (tmp_path / ".documents.dosje").exists()
    (target / NAME).touch()
    publish(root, target, OLD)
    assert read_tree(target) == OLD


def test_a_site_that_is_not_as_it_was_built_is_not_published(tmp_path: Path) -> None:
    publish(tmp_path, tmp_path / "www", OLD)
    (tmp_path / "site" / "same.html").write_text("tampered with")
    with pytest.raises(PublishError, match=r"site/ is not as it was built \(changed: same.html\)"):
        publish_to_target(Settings(tmp_path, "A", ""), str(tmp_path / "www"), TOLD.append)
    assert read_tree(tmp_path / "www") == OLD


def test_an_empty_manifest_says_that_a_folder_is_ours(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    (tmp_path / "anything").touch()
    assert check_site(tmp_path, "mv") == Manifest({})
