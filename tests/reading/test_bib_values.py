"""Values of entries as programs and people write them."""

from __future__ import annotations

import pytest

from dosje.reading.bib_values import bare_doi, decode_cyrillic, is_private, is_web_address, web_address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.org/b", "https://a.org/b"),
        ("http://a.org/b?c=d", "http://a.org/b?c=d"),
        ("www.jstor.org/stable/1", "https://www.jstor.org/stable/1"),
        ("jstor.org", "https://jstor.org"),
        ("archive.org:8080/a", "https://archive.org:8080/a"),
        ("doi.org/10.1000/1", "https://doi.org/10.1000/1"),
        ("doi:10.1000/1", "https://doi.org/10.1000/1"),
        ("//a.org/b", "https://a.org/b"),
        (r"\url{www.a.org/b\_c}", "https://www.a.org/b_c"),
        ("<http://a.org/>", "http://a.org/"),
        ("<URL:http://a.org/>", "http://a.org/"),
        (r"http://a.org/x{\_}y\%20z\&c\#d", "http://a.org/x_y%20z&c#d"),
        # What is no address stays as it is.
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("In the library", "In the library"),
        ("vol. 3", "vol. 3"),
        ("Smith, J.", "Smith, J."),
        ("ftp://a.org/b", "ftp://a.org/b"),
        ("", ""),
    ],
)
def test_an_address_gets_its_scheme(written: str, address: str) -> None:
    assert web_address(written) == address
    assert web_address(address) == address


@pytest.mark.parametrize("before", ["", "https://doi.org/", "http://dx.doi.org/", "doi:", "DOI: ", "doi.org/"])
def test_a_doi_is_bare(before: str) -> None:
    assert bare_doi(f"{before}10.1007/978\\_3") == "10.1007/978_3"


def test_only_addresses_of_the_web_are_followed() -> None:
    found = [is_web_address(text) for text in ("http://a", "https://a", "ftp://a", "www.a.org", "javascript:1", "")]
    assert found == [True, True, False, False, False, False]


def test_what_programs_keep_for_themselves_is_private() -> None:
    private = [is_private(name) for name in ("file", "bdsk-url-1", "annote", "timestamp", "url", "note", "abstract")]
    assert private == [True, True, True, True, False, False, False]


def test_cyrillic_in_tex_is_letters() -> None:
    assert (
        decode_cyrillic(r"{\textcyrillic{\CYRP\cyrr\cyra\cyrv\cyrd\cyra}} i {\cyrchar\CYRYA}x") == "{{Правда}} i {Я}x"
    )
    assert decode_cyrillic(r"\cyra{}b \cyrb c; Cyril") == "аb бc; Cyril"
    assert decode_cyrillic(r"\cyrnothing{x}") == r"\cyrnothing{x}"
