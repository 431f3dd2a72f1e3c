"""What stays and what is told of changes: former keys, the history from git, the feed, JSON-LD, publishing."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.cli import main
from dosje.edition.history import Change, last_changes, read_changes
from dosje.exporting.jsonld import to_script
from dosje.reading.settings import Settings
from dosje.site.mkdocs import build_site
from dosje.site.page_files import build_pages
from dosje.site.publish import PublishError, TargetError, publish_to_branch, publish_to_target
from dosje.stages import Listeners, build_edition
from dosje.system.manifest import NAME, make_manifest, read_manifest, verify_copy, write_manifest
from dosje.system.marker import NotOursError
from dosje.web.navigation import make_nav

pytestmark = pytest.mark.whole

ATOM = "{http://www.w3.org/2005/Atom}"
# What schema.org or those who read it want of each type.
REQUIRED = {
    "Event": {"name", "startDate", "url"}, "Person": {"name", "url"}, "Place": {"name", "url"},
    "Organization": {"name", "url"}, "ArchiveOrganization": {"name", "url"},
    "ArchiveComponent": {"name", "url", "genre"},
    "Book": {"name", "headline", "author", "datePublished"}, "Article": {"name", "headline", "isPartOf"},
    "WebPage": {"name", "headline"}, "WebSite": {"name", "url"}, "CollectionPage": {"name", "url", "isPartOf"},
    "Claim": {"name", "text", "citation"},
}  # fmt: skip
EDITION = {
    "mkdocs.yml": "site_name: A\nsite_url: https://example.org/e/\nrepo_url: https://example.org/repo\n",
    "content/meetings/talk.yml": (
        'title: A talk </script><b>\nkind: talks\ndate: 1960-06\nplace: tirana\nformerly: [old-talk]\n'
        'participants: [{person: kapo, cite: "[@w, 1]"}]\n'
        'disputes: [{question: When?, positions: [{claim: In May., cite: "[@w, 2]"}, '
        '{claim: In June., cite: "[@w, 3]"}]}]\n'
    ),
    "content/persons/kapo.yml": "name: {family: Kapo, given: Hysni}\nsame_as: {wikidata: Q1}\n",
    "content/places.yml": "tirana: {name: Tirana, coordinates: '41.3, 19.8'}\n",
    "content/organisations.yml": "pla: {name: Party}\n",
    "content/archives.yml": "aqsh: {name: Arkivi}\n",
    "content/sources/letter.yml": (
        "type: letter\ntitle: L\nauthor: kapo\nrecipient: Somebody Else\nrepository: aqsh\nseen: original\n"
    ),
    "content/essays/e.md": "---\ntitle: E\n---\nText [@w, 4].\n",
    "bibliography/a.bib": "@book{w, author = {Doe, Jane}, title = {What}, date = {1999}, publisher = {P}}\n",
}  # fmt: skip


def render(root: Path) -> dict[str, str]:
    checked = check_edition(root)
    assert not checked.has_errors, checked.findings
    build_pages(checked, lambda _: None)
    pages = root / ".build" / "pages"
    texts = (path for path in pages.rglob("*") if path.is_file() and path.suffix != ".woff2")
    return {path.relative_to(pages).as_posix(): path.read_text("utf-8") for path in texts}


def meta_of(page: str) -> Any:
    return yaml.safe_load(page.split("---\n")[1])["dosje_page"]


def git(root: Path, *arguments: str, day: str = "2026-01-02T23:30:00-05:00") -> None:
    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env=os.environ | names | dates)


def check_node(node: Any) -> set[str]:
    """Return the types described in a node, each with what it needs."""
    types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    for kind in types:
        missing = REQUIRED.get(kind, {"name"}) - set(node)
        # What is only named within another node is described on its own page.
        assert not missing or ("@context" not in node and kind != "Claim"), (kind, missing)
    inner = (part for value in node.values() for part in (value if isinstance(value, list) else [value]))
    return set(types).union(*(check_node(part) for part in inner if isinstance(part, dict) and "@type" in part))


def test_every_page_describes_itself_with_what_its_type_needs(edition: Edition) -> None:
    pages = {name: text for name, text in render(edition(EDITION)).items() if name.endswith(".md")}
    types = set().union(*(check_node(json.loads(meta_of(text)["jsonld"])) for text in pages.values()))
    assert types >= set(REQUIRED) - {"WebPage"}
    talk = json.loads(meta_of(pages["meetings/talk.md"])["jsonld"])
    assert talk["name"] == "A talk </script><b>"
    assert talk["startDate"] == "1960-06"
    assert talk["attendee"][0]["@id"] == "https://example.org/e/persons/kapo/"
    letter = json.loads(meta_of(pages["sources/letter.md"])["jsonld"])
    assert (letter["@type"], letter["recipient"]) == (
        ["ArchiveComponent", "Message"],
        [{"@type": "Person", "name": "Somebody Else"}],
    )


def test_no_text_ends_the_script_that_it_stands_in() -> None:
    text = to_script({"name": "</script><!-- & ]]>", "empty": "", "none": [None, {}]})
    assert not set("<>&") & set(text)
    assert json.loads(text) == {"name": "</script><!-- & ]]>"}


def test_a_former_address_leads_to_the_new_one(edition: Edition) -> None:
    page = render(edition(EDITION))["meetings/old-talk/index.html"]
    assert '<link rel="canonical" href="https://example.org/e/meetings/talk/">' in page
    assert '<meta http-equiv="refresh" content="0; url=../talk/">' in page
    assert '<a id="moved" href="../talk/">A talk &lt;/script&gt;&lt;b&gt;</a>' in page


def test_without_git_there_is_no_history_and_no_feed(edition: Edition) -> None:
    root = edition(EDITION)
    assert read_changes(root) == ()
    pages = render(root)
    assert "feed.xml" not in pages
    assert "changed" not in meta_of(pages["meetings/talk.md"])


@pytest.fixture
def repository(edition: Edition) -> Path:
    root = edition(EDITION)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "content", "mkdocs.yml", "bibliography")
    git(root, "commit", "-qm", "Begin")
    (root / "content/meetings/talk.yml").write_text(EDITION["content/meetings/talk.yml"] + "summary: ''\n")
    git(root, "commit", "-qam", "Correct <the> talk", day="2026-02-03T10:00:00+00:00")
    return root


def test_the_settings_of_whoever_builds_change_nothing_in_the_history(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "commit", "-q", "--allow-empty", "-m", "Hysni Kapo, Tiranë")
    (repository / "content/persons/kapo.yml").write_text("name: {family: Kapo}\n")
    git(repository, "commit", "-qam", "Shkurto emrin në Tiranë")
    plain = read_changes(repository)
    assert plain[0].subject == "Shkurto emrin në Tiranë"
    own = {
        "i18n.logOutputEncoding": "ISO-8859-1",
        "log.showRoot": "false",
        "log.date": "relative",
        "diff.renames": "copies",
    }
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(own)))
    for number, (name, value) in enumerate(own.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", name)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    assert read_changes(repository) == plain


def test_the_sitemap_dates_a_page_by_the_last_change_of_its_record(repository: Path) -> None:
    checked = check_edition(repository)
    build_pages(checked, lambda _: None)
    assert checked.linked
    build_site(checked.linked.corpus.settings, make_nav(checked.linked), repository / "site")
    sitemap = (repository / "site" / "sitemap.xml").read_text(encoding="utf-8")
    dates = dict(re.findall(r"<loc>https://example.org/e/(\S*)</loc>\s*(?:<lastmod>(\S+)</lastmod>)?", sitemap))
    assert dates["meetings/talk/"] == "2026-02-03"
    assert dates["persons/kapo/"] == "2026-01-03"
    assert dates["meetings/"] == ""
    assert gzip.decompress((repository / "site" / "sitemap.xml.gz").read_bytes()).decode() == sitemap


def test_the_last_change_of_a_record_comes_from_git_in_utc(repository: Path) -> None:
    last = last_changes(read_changes(repository))
    assert last["content/persons/kapo.yml"].moment == "2026-01-03T04:30:00Z"
    changed = last["content/meetings/talk.yml"]
    assert (changed.moment, changed.subject, changed.action) == (
        "2026-02-03T10:00:00Z",
        "Correct <the> talk",
        "changed",
    )
    pages = render(repository)
    assert meta_of(pages["meetings/talk.md"])["changed"] == {
        "date": "2026-02-03",
        "words": "3 February 2026",
        "what": "Correct <the> talk",
        "url": f"https://example.org/repo/commit/{changed.commit}",
    }
    assert "changed" not in meta_of(pages["places/tirana.md"])  # its list changed, it perhaps did not


def test_a_shallow_clone_tells_only_what_it_knows(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    git(repository, "clone", "-q", "--depth", "1", repository.as_uri(), str(clone))
    assert read_changes(clone) == ()


def test_the_feed_tells_each_change_of_a_record_the_newest_first(repository: Path) -> None:
    feed = ET.fromstring(render(repository)["feed.xml"])
    entries = feed.findall(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}updated") == "2026-02-03T10:00:00Z"
    assert entries[0].findtext(f"{ATOM}title") == "A talk </script><b>: changed"
    assert entries[0].findtext(f"{ATOM}summary") == "Correct <the> talk"
    link = entries[0].find(f"{ATOM}link")
    assert link is not None and link.get("href") == "https://example.org/e/meetings/talk/"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) == 5  # talk twice; kapo, letter, essay: lists are not records


def settings_of(root: Path, version: str = "") -> Settings:
    """Return the settings of a project with a site in it, which has a style sheet of its version."""
    shutil.rmtree(root / "site", ignore_errors=True)
    files = {"index.html": f"<h1>Home{version}</h1>"}
    if version:
        files[f"assets/site.{int(version):08x}.css"] = "p { color: red }\r\n"
    for name, text in files.items():
        (root / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / name).write_bytes(text.encode())
    write_manifest(root / "site", make_manifest(root / "site"))
    return Settings(root, "A", "")


@pytest.fixture
def remote(repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the repository that the one of the records is published to."""
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "a@example.org")
    remote = tmp_path_factory.mktemp("remote")
    git(remote, "init", "-q", "--bare")
    git(repository, "remote", "add", "origin", str(remote))
    return remote


def test_a_branch_is_published_and_neither_folder_nor_index_is_touched(repository: Path, remote: Path) -> None:
    said = [subprocess.run(["git", "status", "--short"], cwd=repository, capture_output=True, check=True).stdout]
    settings = settings_of(repository)
    for _ in range(2):
        publish_to_branch(settings)
    command = ["git", "ls-tree", "-r", "--name-only", "gh-pages"]
    listed = subprocess.run(command, cwd=remote, capture_output=True, text=True, check=True).stdout.split()
    assert listed == [".nojekyll", "SHA256SUMS", "index.html"]
    assert sorted(path.name for path in (repository / "site").iterdir()) == ["SHA256SUMS", "index.html"]
    shutil.rmtree(repository / "site")
    said.append(subprocess.run(["git", "status", "--short"], cwd=repository, capture_output=True, check=True).stdout)
    assert said[0] == said[1]


def test_on_a_branch_what_pages_load_stays_for_one_version_in_one_commit(
    repository: Path, remote: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git(repository, "config", "core.autocrlf", "true")  # a style sheet must not change
    shown = []
    for version in ("1", "2", "2", "3"):
        publish_to_branch(settings_of(repository, version))
        copy = tmp_path_factory.mktemp("copy") / "copy"
        subprocess.run(["git", "clone", "-q", "-b", "gh-pages", str(remote), str(copy)], check=True)
        count = subprocess.run(["git", "rev-list", "--count", "HEAD"], cwd=copy, capture_output=True, check=True).stdout
        shutil.rmtree(copy / ".git")
        difference, _ = verify_copy(copy, read_manifest(repository / "site"))
        sheets = sorted(path.name for path in (copy / "assets").iterdir())
        shown.append((sheets, count.strip(), list(difference.lines())))
    one, two, three = ("site.00000001.css", "site.00000002.css", "site.00000003.css")
    assert shown == [([one], b"1", []), ([one, two], b"1", []), ([one, two], b"1", []), ([two, three], b"1", [])]


def test_a_branch_that_others_wrote_is_not_replaced_and_one_of_an_earlier_version_is(
    repository: Path, remote: Path
) -> None:
    git(repository, "push", "-q", "origin", "HEAD:refs/heads/gh-pages")
    with pytest.raises(NotOursError, match="git push origin --delete gh-pages"):
        publish_to_branch(settings_of(repository))
    git(repository, "commit", "-q", "--allow-empty", "-m", "Publish the site of abc1234")
    git(repository, "push", "-q", "--force", "origin", "HEAD:refs/heads/gh-pages")
    publish_to_branch(settings_of(repository))
    subprocess.run(["git", "cat-file", "-e", "gh-pages:SHA256SUMS"], cwd=remote, check=True)


def publish(settings: Settings, target: str | Path) -> None:
    publish_to_target(settings, str(target), lambda _: None)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that rsync takes for a server: what it would say there is said to this machine."""
    shell = tmp_path / "shell"
    shell.write_text('#!/bin/sh\nshift\nexec "$@"\n')
    shell.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(shell))
    (tmp_path / "project").mkdir()
    return tmp_path / "server"


def test_a_server_holds_the_site_and_of_the_version_before_what_its_pages_load(server: Path, tmp_path: Path) -> None:
    shown = []
    for version in ("1", "2", "2", "3"):
        publish(settings_of(tmp_path / "project", version), f"host:{server}")
        difference, _ = verify_copy(server, read_manifest(tmp_path / "project" / "site"))
        shown.append((sorted(path.name[-5] for path in (server / "assets").iterdir()), list(difference.lines())))
    assert shown == [(["1"], []), (["1", "2"], []), (["1", "2"], []), (["2", "3"], [])]
    assert server.stat().st_mode & 0o777 == 0o755
    (server / "old.html").write_text("gone")
    publish(settings_of(tmp_path / "project", "3"), f"host:{server}/")
    assert not (server / "old.html").exists()


def test_on_a_server_too_only_a_site_or_nothing_is_replaced(server: Path, tmp_path: Path) -> None:
    server.mkdir()
    (server / "will.txt").write_text("mine")
    with pytest.raises(NotOursError, match=f"make a file {NAME} in it"):
        publish(settings_of(tmp_path / "project"), f"host:{server}")
    assert [path.name for path in server.iterdir()] == ["will.txt"]
    (server / NAME).touch()
    publish(settings_of(tmp_path / "project"), f"host:{server}")
    assert sorted(path.name for path in server.iterdir()) == [NAME, "index.html"]


def test_without_the_remote_it_is_said_how_to_name_one(repository: Path) -> None:
    with pytest.raises(TargetError, match='no remote "origin": git remote add origin ADDRESS; a folder'):
        publish_to_branch(settings_of(repository))
    git(repository, "remote", "add", "github", "https://example.org/edition.git")
    with pytest.raises(TargetError, match='no remote "origin": write --remote github; '):
        publish_to_branch(settings_of(repository))


def test_what_is_not_built_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="run dosje build first"):
        publish(Settings(tmp_path, "A", ""), tmp_path / "target")


def test_what_git_rsync_or_ssh_would_take_for_an_option_is_no_target(repository: Path, remote: Path) -> None:
    settings = settings_of(repository)
    for target in ("", "--rsh=sh", "-e:x", "a@-oProxyCommand=sh:x", "a@[-x]:y"):
        with pytest.raises(TargetError, match="is no folder"):
            publish(settings, target)
    for name in ("--upload-pack=touch ran", "--receive-pack=touch ran", "-q", ""):
        with pytest.raises(TargetError, match="is no repository"):
            publish_to_branch(settings, name)
    assert not (repository / "ran").exists()


def run_publish(root: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["publish", "--project", str(root), *arguments])
    return result.exit_code, result.stderr.splitlines()[-1]


def test_a_folder_counts_from_the_working_folder_and_is_told_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, desk = tmp_path / "edition", tmp_path / "desk"
    desk.mkdir()
    settings_of(root)
    (root / "mkdocs.yml").write_text("site_name: A\n")
    monkeypatch.chdir(desk)
    for target in ("www", "./a:b"):
        assert run_publish(root, "--to", target) == (0, f"published site/ to {(desk / target).resolve()}")
        assert (desk / target / "index.html").is_file() and not (root / target).exists()
    assert run_publish(root, "--to", "../edition/www") == (0, f"published site/ to {root / 'www'}")


def test_no_site_is_laid_among_what_the_edition_is_made_of(tmp_path: Path) -> None:
    root = tmp_path / "edition"
    settings_of(root)
    (root / "mkdocs.yml").write_text(
        "site_name: A\ndocs_dir: pages\ntheme: {name: material, custom_dir: looks}\n"
        "plugins: [{bibtex: {bib_file: works/a.bib}}]\n"
    )
    (root / "works").mkdir()
    (root / "works" / "a.bib").write_text("")
    (root / "pages").mkdir()
    (root / "link").symlink_to("content")
    before = {path for path in root.rglob("*") if ".build" not in path.parts}
    for name in ("content", "content/assets/x", "bibliography/x", "works/x", "theme/x", "looks/x", "templates/x",
                 "pages/x", ".git", ".git/x", ".github/x", ".build/x", "site/x", "x/../content/x",
                 "link/x"):  # fmt: skip
        own = (root / name).resolve().relative_to(root).parts[0]
        said = f"Error: {(root / name).resolve()} lies in {own}/ of the edition itself: name another folder"
        assert run_publish(root, "--to", str(root / name)) == (2, said)
    for folder in (root, root / "site", tmp_path, Path("/")):
        assert run_publish(root, "--to", str(folder)) == (
            2, f"Error: {folder} holds the edition itself: name another folder",
        )  # fmt: skip
    assert {path for path in root.rglob("*") if ".build" not in path.parts} == before


def test_a_folder_is_made_to_hold_the_site_and_nothing_of_another_kind_is_removed(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    target = tmp_path / "target"
    publish(settings, target)
    (target / "old.html").write_text("gone")
    publish(settings, target)
    assert sorted(path.name for path in target.iterdir()) == [NAME, "index.html"]
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "will.txt").write_text("mine")
    with pytest.raises(NotOursError, match="name an empty folder"):
        publish(settings, documents)
    for other in (tmp_path, tmp_path / "site", tmp_path / "site" / "x", tmp_path / ".build" / "x"):
        with pytest.raises(PublishError, match="name another folder"):
            publish(settings, other)
    assert [path.name for path in documents.iterdir()] == ["will.txt"]


def test_changes_of_one_file_are_told_once() -> None:
    changes = [Change("a", moment, "c", "s", "changed") for moment in ("2", "1")]
    assert last_changes(changes) == {"a": changes[0]}


def test_a_page_that_is_gone_is_in_no_search_or_sitemap_and_a_draft_in_no_sitemap(edition: Edition) -> None:
    draft = "---\ntitle: Not sure\ndraft: true\n---\nSaid.\n"
    root = edition(
        {
            **EDITION,
            "content/essays/unsure.md": draft,
            "addresses.txt": "persons/x/ gone 2026-11-30 -> persons/kapo/ | X <b>\n",
        }
    )
    built = build_edition(root, Listeners())
    page = (built.folder / "persons/x/index.html").read_text(encoding="utf-8")
    assert "X &#60;b&#62;" in page or "X &lt;b&gt;" in page
    assert '<a href="../kapo/">Hysni Kapo</a>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "data-pagefind-body" not in page
    sitemap = (built.folder / "sitemap.xml").read_text(encoding="utf-8")
    places = {node.text for node in ET.fromstring(sitemap).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert "https://example.org/e/persons/kapo/" in places
    assert [place for place in places if place and place.endswith(("/x/", "/old-talk/", "/unsure/"))] == []
    draft_page = (built.folder / "essays/unsure/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in draft_page
    assert '<p class="dosje-draft">Unchecked: an import drafted this entry' in draft_page
    assert "data-pagefind-body" in draft_page
