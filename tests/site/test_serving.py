"""The preview as it is served: it follows every save, answers this machine alone, and nothing stops it."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dosje.system.watcher import look_at
from previewing import preview
from waiting import PATIENCE, wait_until

pytestmark = pytest.mark.whole

FILES = {
    "mkdocs.yml": "site_name: One\n",
    "content/sources/a.yml": "type: letter\ntitle: A letter\nseen: original\ndate: 1960\n",
    "secret.txt": "nobody's business\n",
}


@dataclass(frozen=True)
class Served:
    root: Path
    port: int
    log: Path

    def ask(self, path: str = "/", *, host: str = "localhost", method: str = "GET") -> tuple[int, bytes]:
        """Return the status and what follows it, of a request as it stands here."""
        return self.send(f"{method} {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode("latin-1"))

    def send(self, request: bytes) -> tuple[int, bytes]:
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(request)
            answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        found = re.match(rb"HTTP/1\.[01] (\d+)", answer)
        return int(found[1]) if found else 0, answer

    def until(self, is_so: Callable[[], bool]) -> None:
        wait_until(is_so, lambda: self.said)

    def shows(self, text: str, path: str = "/sources/a/") -> bool:
        return text.encode() in self.ask(path)[1]

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield a small edition under `dosje serve`, which in the end must not have shown a traceback."""
    root = tmp_path_factory.mktemp("served") / "edition"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    log = root.with_name("log")
    with preview(root, log, "--allow-host", "desk.example.org") as port:
        yield Served(root, port, log)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def change(path: Path, before: str, after: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def test_the_navigation_has_names_before_its_pages_are_asked_for(served: Served) -> None:
    _, answer = served.ask("/")
    assert re.findall(rb'md-tabs__link"?>\s*([^<]+?)\s*<', answer)[:3] == [b"Home", b"Lookup", b"Sources"]


@pytest.mark.parametrize("path", ["/", "/livereload/0/1", "/livereload/reload.js", "/feed.xml", "/nowhere/"])
def test_only_names_of_this_machine_are_answered_and_those_allowed(path: str, served: Served) -> None:
    status, answer = served.ask(path, host="evil.example.org")
    assert status == 421 and answer.endswith(
        b"This preview answers to names of this machine only; for another: dosje serve --allow-host NAME\n"
    )
    for host in ("127.0.0.1:8000", "[::1]", "Localhost", "desk.example.org:80"):
        assert served.ask(path, host=host)[0] in (200, 404)
    assert served.send(f"GET {path} HTTP/1.0\r\n\r\n".encode())[0] == 421


@pytest.mark.parametrize(
    "path",
    ["/assets/%00", "/%00", "/%ff", "/..%2f", "/..%2f..%2fsecret.txt", "/../secret.txt", "/assets/../../secret.txt",
     "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5csecret.txt", "//etc/passwd", "/etc/passwd", "//evil.example.org/",
     "/%252e%252e/secret.txt", "/" + "a" * 300, "/" + "a/" * 5000, "/" + "a" * 70_000, "/feed.xml/..%2f..%2fsecret.txt",
     "/pagefind/../../secret.txt", "/pagefind/%00", "/sources/" + "a" * 3000 + "/index.json", "/lookup/..%2fx.js",
     "http://localhost/", "*", "/livereload/x/y", "/livereload/..%2f..%2fsecret.txt", "/%0d%0aX-Y:z", "/a/\xff"],
)  # fmt: skip
def test_a_path_of_no_page_is_not_found_and_leads_nowhere(path: str, served: Served) -> None:
    status, answer = served.ask(path)
    assert status in (400, 404, 414)
    assert b"nobody's business" not in answer and b"root:" not in answer


def test_what_is_no_request_stops_nothing(served: Served) -> None:
    for request in (b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", b"\r\n"):
        served.send(request)
    assert served.ask("/", method="POST")[0] == served.ask("/", method="DELETE")[0] == 405
    assert served.ask()[0] == 200


def test_head_has_what_is_said_of_a_page_and_not_the_page(served: Served) -> None:
    status, page = served.ask("/sources/a/")
    said, head = served.ask("/sources/a/", method="HEAD")
    length = rb"Content-Length: (\d+)"
    assert (status, said) == (200, 200)
    (whole,) = re.findall(length, page)
    assert abs(int(re.findall(length, head)[0]) - int(whole)) < 10  # the number of the request stands in the page
    assert head.endswith(b"\r\n\r\n") and head.count(b"\r\n\r\n") == 1


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("site_name: [\n", "mkdocs.yml:2:1: yaml-syntax"),
        ("site_name: One\nplugins: [no-such-plugin]\n", "no-such-plugin"),
        ("site_name: One\ntheme: {name: no-such-theme}\n", "no-such-theme"),
        ("site_name: One\nnav: 3\n", "nav"),
        ("site_name: One\nmarkdown_extensions: [no_such_extension]\n", "no_such_extension"),
        ("", "site_name"),
    ],
)
def test_what_is_broken_in_mkdocs_yml_keeps_the_pages_and_mending_it_is_followed(
    broken: str, said: str, served: Served
) -> None:
    served.until(lambda: served.shows("A letter"))
    config, before = served.root / "mkdocs.yml", len(served.said)
    config.write_text(broken, encoding="utf-8")
    # The preview may have read the file while it was empty; it reads it again.
    served.until(lambda: "stay as they were" in served.said[before:] and said in served.said[before:])
    assert served.shows("A letter") and served.ask("/")[0] == 200
    config.write_text(FILES["mkdocs.yml"].replace("One", "Two"), encoding="utf-8")
    served.until(lambda: served.shows("Two"))
    config.write_text(FILES["mkdocs.yml"], encoding="utf-8")
    served.until(lambda: not served.shows("Two"))


def test_content_that_is_renamed_away_and_back_is_followed(served: Served) -> None:
    content, away = served.root / "content", served.root / "away"
    served.until(lambda: served.shows("A letter"))
    content.rename(away)
    served.until(lambda: served.ask("/sources/a/")[0] == 404)
    away.rename(content)
    served.until(lambda: served.shows("A letter"))
    change(content / "sources/a.yml", "A letter", "Another letter")
    served.until(lambda: served.shows("Another letter"))
    change(content / "sources/a.yml", "Another letter", "A letter")


def test_folders_made_after_the_start_are_followed(served: Served) -> None:
    bibliography, templates = served.root / "bibliography", served.root / "templates"
    bibliography.mkdir()
    (bibliography / "a.bib").write_text("@book{doe, title = {A Book}, date = {1960}}\n", encoding="utf-8")
    served.until(lambda: served.shows("A Book", "/sources/doe/"))
    (bibliography / "a.bib").unlink()
    bibliography.rmdir()
    served.until(lambda: served.ask("/sources/doe/")[0] == 404)
    templates.mkdir()
    own = '{% include "program/record.md.j2" %}\n\nOf our own template.\n'
    (templates / "source.md.j2").write_text(own, encoding="utf-8")
    served.until(lambda: served.shows("Of our own template."))
    (templates / "source.md.j2").unlink()
    served.until(lambda: not served.shows("Of our own template."))


def test_a_page_that_cannot_be_made_says_so_with_500_and_follows_when_it_can(served: Served) -> None:
    templates = served.root / "templates"
    templates.mkdir(exist_ok=True)
    (templates / "source.md.j2").write_text("{{ 1 / 0 }}", encoding="utf-8")
    served.until(lambda: served.ask("/sources/a/")[0] == 500)
    answer = served.ask("/sources/a/")[1]
    assert b"This page could not be made: " in answer and b"/livereload/reload.js" in answer
    assert served.ask("/sources/")[0] == 200
    (templates / "source.md.j2").unlink()
    served.until(lambda: served.shows("A letter"))


def test_told_to_end_while_mkdocs_reads_the_settings_anew_it_ends(tmp_path: Path) -> None:
    root = tmp_path / "edition"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    with preview(root, tmp_path / "log"):
        slow = "import pathlib, time\n\ndef on_config(config):\n    pathlib.Path('began').touch()\n    time.sleep(60)\n"
        (root / "slow.py").write_text(slow, encoding="utf-8")
        (root / "mkdocs.yml").write_text("site_name: One\nhooks: [slow.py]\n", encoding="utf-8")
        wait_until((root / "began").exists)
    assert "SystemExit" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_what_is_looked_at_is_every_file_below_names_that_may_not_be_there(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_text("1")
    (tmp_path / "a" / "ring").symlink_to(tmp_path / "a")
    (tmp_path / "d").write_text("2")
    seen = look_at(tmp_path, ["a", "d", "not-there"])
    assert sorted(seen) == [str(tmp_path / "a/b/c"), str(tmp_path / "d")]
    (tmp_path / "d").write_text("22")
    assert look_at(tmp_path, ["a", "d"]) != seen
