"""Whom the preview answers, and which paths it looks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.site.requests import hosts_of, is_for, read_path

HOSTS = hosts_of("192.168.1.5", ["Desk.example.org", "[fe80::1]"])


@pytest.mark.parametrize(
    "header",
    ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "[::1]", "192.168.1.5:80", "desk.example.org",
     "desk.example.org.:8000", "[FE80::1]:8000", " localhost "],
)  # fmt: skip
def test_names_of_this_machine_and_those_allowed_are_answered(header: str) -> None:
    assert is_for(header, HOSTS)


@pytest.mark.parametrize(
    "header",
    ["", "example.org", "localhost.example.org", "evil-localhost", "127.0.0.1.nip.io", "0.0.0.0", "[::]", "::1",
     "localhost:8000:1", "localhost@example.org", "user@localhost", "localhost/x", "localhost, example.org",
     "127.1", "2130706433", "localhost:port", "[::1", "a localhost"],
)  # fmt: skip
def test_other_names_are_not(header: str) -> None:
    assert not is_for(header, HOSTS)


def test_to_listen_on_all_addresses_allows_no_name_more() -> None:
    assert hosts_of("0.0.0.0") == hosts_of("::") == hosts_of("") == {"localhost", "127.0.0.1", "::1"}


@pytest.mark.parametrize("path", ["/", "/a/", "/a/b.html", "/a b", "/a..b/", "/…/", "/ä/ö"])
def test_a_path_that_a_file_may_have_comes_back_as_it_is(path: str) -> None:
    assert read_path(path.encode().decode("latin-1")) == path


@pytest.mark.parametrize(
    "asked",
    ["", "a", "http://a/", "*", "/\x00",
     "/assets/\x00", "/\xff", "/\xc3", "/..", "/../a", "/a/../../b", "/a/..", "/\\a",
     "/a\\..\\b", "/\r\nX: y", "/\x7f", "/" + "a" * 256, "/" + "\xc3\xa4" * 128, "/" + "a/" * 1500],
)  # fmt: skip
def test_a_path_that_no_file_can_have_is_none(asked: str) -> None:
    assert read_path(asked) is None


@given(st.text(max_size=40))
def test_no_header_and_no_path_fails(text: str) -> None:
    is_for(text, HOSTS)
    path = read_path(text)
    assert path is None or (path.startswith("/") and ".." not in path.split("/") and "\x00" not in path)
