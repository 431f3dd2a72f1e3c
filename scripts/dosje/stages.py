"""What each verb makes of an edition: the one place where the stages stand in their order.

records → findings → pages → MkDocs → index of the search → manifest → site/, which changes in one step. The other
verbs do a part of it. Prints nothing and ends no process: the caller gets callbacks and errors.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .books.volumes import make_epub, make_pdfs
from .checking.drafts import WAITING, refuse_drafts
from .checking.edition import Checked, check_edition
from .checking.weaknesses import Founding, dead_links_in, weigh_founding
from .editing.new_records import NewRecord, plan_record, write_record
from .editing.renaming import Renaming, find_target, find_unread_texts, plan_renaming, write_renaming
from .edition.ledger import PublishedPage, add_published, only_notes, order_anchors, pages_of_edition
from .exporting.formats import FORMATS
from .importing.bringing import ImportOptions, bring_files, write_proposal
from .importing.pasted import DraftedFootnote, describe_footnote, read_footnote
from .importing.plan import Plan
from .importing.planning import make_plan, require_seen
from .importing.trial import hold_plan
from .reading.ledger import LEDGER_NAME
from .reading.record_files import read_corpus
from .reading.settings import FORMAT, Settings
from .reading.settings_file import read_settings
from .site.bundle import make_bundle
from .site.composed import ComposeError, compose
from .site.edition_release import (
    EditionRelease,
    changed_since,
    check_repository,
    list_changes,
    plan_release,
    write_release,
)
from .site.mkdocs import SiteError, build_site
from .site.page_files import build_pages, dump_json, export_edition, find_sources, find_wrong_links
from .site.pagefind import index_site
from .site.publish import BRANCH, publish_to_branch, publish_to_target
from .site.published import enter_published, read_ledger_text, read_published
from .site.workplace import open_workplace, remember_build
from .system.manifest import make_manifest
from .system.trees import SiteTrees, check_site, replace_site
from .system.writing import write_file, write_output, write_together
from .upgrading.steps import STEPS
from .upgrading.upgrade import FileChange, plan_upgrade, write_upgrade
from .values.errors import FaultyEditionError
from .values.findings import Finding, did_you_mean
from .web.navigation import make_nav
from .web.page_maker import PageMaker


def _ignore(_: object) -> None:
    pass


@dataclass(frozen=True)
class Listeners:
    """Who is told what while a verb works; by default nobody.

    `tell`: a line after each step. `show`: what the check found. `relay`: what MkDocs says, if it says anything.
    """

    tell: Callable[[str], None] = _ignore
    show: Callable[[Checked], None] = _ignore
    relay: Callable[[str], None] = _ignore


@dataclass(frozen=True)
class BuiltSite:
    """The site that a build made. `is_new` is False if it is the same, byte for byte, as the one before."""

    folder: Path
    pages: int
    notes: int
    is_new: bool
    warnings: tuple[Finding, ...]


class UnknownSourceError(LookupError):
    """No source has the key that was asked for; the message names it, and what may have been meant."""


def build_edition(root: Path, listeners: Listeners, *, is_untrusted: bool = False) -> BuiltSite:
    """Build the site of the edition in `root`; another verb that writes there is waited for.

    Raises FaultyEditionError if it has errors, FindingError for one that shows only on a page; OperationError if
    another program fails, or .build/ or site/ is somebody else's; OSError. The old site stays then.
    """
    with _alone(root, "build", listeners) as place:
        started = time.time()
        return _make_site(_check(root, listeners, is_untrusted), place, started, listeners)


def _make_site(checked: Checked, place: SiteTrees, started: float, listeners: Listeners) -> BuiltSite:
    """Make the site of an edition without errors, and put it into its place."""
    assert checked.linked is not None
    settings, tell = checked.linked.corpus.settings, listeners.tell
    check_site(place.site, f"mv {place.site} {place.site}.old")
    built = build_pages(checked, tell)
    said = build_site(settings, make_nav(checked.linked), place.work)
    findable = index_site(settings, place.work)
    if said:
        listeners.relay(said)
    tell(f"indexed {findable} pages for the search")
    manifest = make_manifest(place.work)
    sources = {path: place.work / path for path in manifest.sums}
    is_new = replace_site(place, manifest, sources, tell, moves=True)
    remember_build(settings, started)
    if not is_new:
        tell(f"{settings.site_dir}/ is as it was")
    tell(f"built {settings.site_dir}/: {built.pages} pages, {built.notes} notes")
    return BuiltSite(place.site, built.pages, built.notes, is_new, checked.findings)


def report_edition(
    root: Path, listeners: Listeners, *, follows_links: bool = True, is_untrusted: bool = False
) -> Founding:
    """Return how well an edition is founded. Writes nothing.

    `follows_links`: all pages are made, to find the links within them that lead nowhere. Raises FaultyEditionError;
    FindingError for a template that fails; PandocError.
    """
    checked = check_edition(root, is_untrusted=is_untrusted)
    if checked.has_errors:
        raise _refuse(checked, listeners)
    assert checked.linked is not None
    wrong = find_wrong_links(checked, listeners.tell) if follows_links else ()
    return weigh_founding(checked.linked, dead_links_in(wrong))


def compose_edition(root: Path, listeners: Listeners, *, is_absolute: bool = False, is_untrusted: bool = False) -> str:
    """Return the configuration from which the site of an edition is made, as a file for MkDocs. Writes nothing.

    `is_absolute`: its paths are absolute. `show` hears of an edition with errors only. Raises FaultyEditionError,
    SiteError.
    """
    checked = check_edition(root, is_untrusted=is_untrusted)
    if checked.has_errors:
        raise _refuse(checked, listeners)
    assert checked.linked is not None
    try:
        return compose(checked.linked.corpus.settings, make_nav(checked.linked), is_absolute=is_absolute)
    except ComposeError as error:
        raise SiteError(str(error)) from error


def make_books(
    root: Path, keys: Sequence[str], listeners: Listeners, *, in_volumes: bool = False, is_untrusted: bool = False
) -> Generator[Path]:
    """Set the edition, or the booklets of essays and meetings, and yield the path of each PDF.

    Raises UnknownBookError, SettingError; else as `build_edition`.
    """
    with _alone(root, "pdf", listeners):
        checked = _check(root, listeners, is_untrusted)
        yield from make_pdfs(checked, keys, in_volumes, listeners.tell)


def make_ebook(root: Path, listeners: Listeners, *, is_untrusted: bool = False) -> Path:
    """Make the edition as an e-book and return its path. Raises as `build_edition`."""
    with _alone(root, "epub", listeners):
        return make_epub(_check(root, listeners, is_untrusted), listeners.tell)


def pack_edition(root: Path, listeners: Listeners, *, is_untrusted: bool = False) -> Path:
    """Pack the edition's site into a zip file that opens from disk, and return its path. Raises as `build_edition`."""
    with _alone(root, "bundle", listeners) as place:
        return make_bundle(_check(root, listeners, is_untrusted), place.work, listeners.tell)


def export_sources_as(
    root: Path, form: str, keys: Sequence[str], listeners: Listeners, *, is_untrusted: bool = False
) -> tuple[str, int]:
    """Return sources, all or those named, in a format of FORMATS, and their number. Writes nothing.

    `form` "json" is the whole edition, in which no sources are counted. `show` hears of an edition with errors only.
    Raises UnknownSourceError, FaultyEditionError, PandocError.
    """
    checked = check_edition(root, is_untrusted=is_untrusted)
    if checked.has_errors:
        raise _refuse(checked, listeners)
    if form == "json":
        return dump_json(checked), 0
    known = find_sources(checked)
    for key in keys:
        if key not in known:
            hint = did_you_mean(key, known) or "see dosje export csl-json"
            raise UnknownSourceError(f'no source has the key "{key}"; {hint}')
    return export_edition(checked, FORMATS[form], keys or known), len(keys or known)


def write_sources_as(
    root: Path, form: str, keys: Sequence[str], output: Path, listeners: Listeners, *, is_untrusted: bool = False
) -> int:
    """Write what `export_sources_as` returns to a file, whole or not at all, and return the number of sources."""
    with _alone(root, "export", listeners) as place:
        text, count = export_sources_as(root, form, keys, listeners, is_untrusted=is_untrusted)
        write_output(output, text.encode(), place.work)
    return count


def publish_edition(
    settings: Settings, target: str | None, remote: str, listeners: Listeners, *, allows_drafts: bool = False
) -> str:
    """Publish the site that stands: to a folder or server, or without `target` to the branch of a remote repository.

    Then its addresses are entered in the ledger. Return where it now is, in words. Raises DraftsError if the edition
    has drafts and it does not `allows_drafts`; PublishError; LedgerError, before anything is published; OSError.
    """
    with _alone(settings.root, "publish", listeners):
        if not allows_drafts:
            refuse_drafts(read_corpus(settings)[0])
        ledger = read_ledger_text(settings)
        if target is not None:
            place = publish_to_target(settings, target, listeners.tell)
        else:
            publish_to_branch(settings, remote)
            place = f"{BRANCH} of {remote}"
        linked = check_edition(settings.root).linked
        pages = read_published(settings.root / settings.site_dir)
        _enter(settings, ledger, order_anchors(pages, linked) if linked else only_notes(pages), listeners)
        return place


def _enter(settings: Settings, ledger: str, pages: Iterable[PublishedPage], listeners: Listeners) -> None:
    if count := enter_published(settings, ledger, pages):
        noun = "address" if count == 1 else "addresses"
        listeners.tell(f"entered {count} {noun} in {LEDGER_NAME}; commit it: what was published is for ever")


def release_edition(
    root: Path,
    version: str,
    day: date,
    listeners: Listeners,
    *,
    allows_warnings: bool = False,
    allows_drafts: bool = False,
) -> EditionRelease:
    """Release a version of an edition: a commit of mkdocs.yml, changes.md and the ledger, and a tag. All or nothing.

    Raises DraftsError if it has drafts and it does not `allows_drafts`, which lets what waits for an editor pass too;
    FaultyEditionError if it has findings, or, if it `allows_warnings`, errors and lost addresses; ReleaseError
    if git is not ready for it; LedgerError; OSError.
    """
    with _alone(root, "release", listeners):
        checked = _check(root, listeners, is_untrusted=False)
        assert checked.linked is not None
        if not allows_drafts:
            refuse_drafts(checked.linked.corpus)
        weighed = [one for one in checked.findings if not (allows_drafts and one.code in WAITING)]
        if any(not allows_warnings or finding.code == "lost-address" for finding in weighed):
            raise FaultyEditionError(checked.findings)
        assert checked.style is not None
        settings = checked.linked.corpus.settings
        last, ledger = check_repository(settings, version), read_ledger_text(settings)
        title_of = PageMaker(checked.linked, checked.style).title_of
        lists = list_changes(checked.linked, changed_since(settings, last), title_of) if last else {}
        ledger = add_published(ledger, pages_of_edition(checked.linked, title_of))
        release = plan_release(settings, version, day, ledger, lists)
        commit = write_release(root, release)
        listeners.tell(f"committed {', '.join(release.files)} as {commit}, with the tag {release.tag}")
        return release


def upgrade_edition(root: Path, listeners: Listeners, *, writes: bool = False) -> tuple[FileChange, ...]:
    """Return what brings an edition of an older format into today's, and do it if it `writes`: all or nothing.

    Raises FaultyEditionError if its mkdocs.yml cannot be read, or has no known format; UpgradeError; OSError.
    """
    with _alone(root, "upgrade", listeners):
        settings, findings = read_settings(root)
        if settings is None or not 1 <= settings.format <= FORMAT:
            raise _refuse(Checked(None, None, None, tuple(findings)), listeners)
        changes = plan_upgrade(root, settings.format, STEPS, FORMAT)
        if writes:
            write_upgrade(root, changes)
        return changes


def add_record(root: Path, kind: str, key: str, listeners: Listeners) -> NewRecord:
    """Add a record to an edition, as a skeleton, and return it. Raises NewRecordError; OSError.

    FaultyEditionError if mkdocs.yml cannot be read.
    """
    with _alone(root, "new", listeners):
        settings, _ = read_settings(root)
        assert settings is not None
        record = plan_record(read_corpus(settings)[0], kind, key)
        write_record(root, record)
        return record


def draft_records(root: Path, text: str, seen: str, listeners: Listeners) -> DraftedFootnote:
    """Draft what pasted footnotes cite and the edition lacks, each in its unit; return where all that they cite stands.

    All or nothing, tried on a copy first. Raises FaultyEditionError if the edition has errors before;
    NothingCitedError; ImportPlanError; OSError.
    """
    with _alone(root, "new", listeners) as place:
        checked = check_edition(root)
        if checked.has_errors:
            raise _refuse(checked, listeners)
        assert checked.linked is not None
        brought, read = read_footnote(checked.linked, text, seen)
        plan = make_plan(checked.linked.corpus, brought)
        if plan.files:
            hold_plan(checked.linked.corpus.settings, plan, place.work)
        write_together({root / path: raw for path, raw in plan.files.items()})
        return describe_footnote(checked.linked, read, plan)


def import_files(
    root: Path, files: Sequence[Path], options: ImportOptions, listeners: Listeners, *, writes: bool = False
) -> Plan:
    """Return what files bring to an edition, and do it if it `writes`: all or nothing.

    It is tried on a copy first. Raises FaultyEditionError if the edition has errors before; ImportPlanError if it would
    have some then, or cannot take what is new; UnsaidSeenError; OperationError if a file cannot be read; OSError.
    """
    with _alone(root, "import", listeners) as place:
        checked = check_edition(root)
        if checked.has_errors:
            raise _refuse(checked, listeners)
        assert checked.linked is not None
        brought = bring_files(checked.linked, files, options, listeners.tell)
        plan = make_plan(checked.linked.corpus, brought, listeners.tell)
        if writes and not options.seen:
            require_seen(plan, brought)
        if plan.files:
            listeners.tell(f"trying {len(plan.files)} files on a copy of the edition")
            hold_plan(checked.linked.corpus.settings, plan, place.work)
        if writes:
            write_together({root / path: raw for path, raw in plan.files.items()})
        return plan


def propose_table_mapping(root: Path, table: Path, mapping: Path, listeners: Listeners) -> None:
    """Write a mapping file for a table, as a proposal. Raises FaultyEditionError; OperationError; OSError."""
    checked = check_edition(root)
    if checked.corpus is None:
        raise _refuse(checked, listeners)
    write_file(mapping, write_proposal(checked.corpus, table).encode())


def rename_key(root: Path, old: str, new: str, listeners: Listeners) -> Renaming:
    """Give a record or work another key, everywhere; return what was changed. All or nothing.

    Raises FaultyEditionError if a file cannot be read, as the key may stand in it; RenameError; OSError.
    """
    with _alone(root, "rename", listeners):
        settings, findings = read_settings(root)
        assert settings is not None
        corpus, found = read_corpus(settings)
        unread = tuple(finding for finding in (*findings, *found, *find_unread_texts(corpus)) if finding.is_error)
        if unread:
            raise _refuse(Checked(corpus, None, None, unread), listeners)
        renaming = plan_renaming(corpus, find_target(corpus, old), new)
        write_renaming(root, renaming)
        return renaming


@contextmanager
def _alone(root: Path, verb: str, listeners: Listeners) -> Iterator[SiteTrees]:
    """Hold the lock while a verb writes; yield where the trees of the site lie. Raises FaultyEditionError."""
    settings, _ = read_settings(root)
    if settings is None:
        raise _refuse(check_edition(root), listeners)
    with open_workplace(settings, verb, listeners.tell) as place:
        yield place


def _check(root: Path, listeners: Listeners, is_untrusted: bool) -> Checked:
    """Return the edition as checked. Raises FaultyEditionError if it has errors."""
    checked = check_edition(root, is_untrusted=is_untrusted)
    if checked.has_errors:
        raise _refuse(checked, listeners)
    listeners.show(checked)
    return checked


def _refuse(checked: Checked, listeners: Listeners) -> FaultyEditionError:
    listeners.show(checked)
    return FaultyEditionError(checked.findings)
