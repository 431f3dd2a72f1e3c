"""Templates of strangers reach what they print, and nothing else, and end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dosje.checking.edition import check_edition
from dosje.values.findings import FindingError
from dosje.web import sandbox
from dosje.web.page_maker import PageMaker

FILES = {
    "mkdocs.yml": "site_name: A small edition\n",
    "content/persons/a.yml": "name: {family: A}\nbiography: He met [B](person:b) [@s, fl. 3].\n",
    "content/persons/b.yml": "name: {family: B}\nvariants: [Beta]\n",
    "content/sources/s.yml": "type: letter\nlevel: item\ntitle: S\nseen: original\nauthor: a\ndate: 1960\n",
    "content/assets/a.txt": "secret",
}
Draft = Callable[[str], str]


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Draft]:
    """Return the page of a person as a template of the edition prints it, in an edition that is not trusted."""
    root = tmp_path_factory.mktemp("edition")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "templates").mkdir()
    (root / "templates" / "person.md.j2").write_text("")
    checked = check_edition(root, is_untrusted=True)
    assert checked.linked and checked.style and not checked.has_errors
    drafter = PageMaker(checked.linked, checked.style)._drafter
    count = iter(range(10_000))

    def print_page(template: str) -> str:
        # A name of its own, as templates are kept.
        name = f"t{next(count)}.md.j2"
        (root / "templates" / name).write_text(template)
        (root / "templates" / "person.md.j2").unlink(missing_ok=True)
        (root / "templates" / "person.md.j2").write_text(f'{{% include "{name}" %}}')
        text = drafter.draft("persons/a.md").text
        return text.split("---\n", 2)[2].strip()

    yield print_page


def fault(draft: Draft, template: str) -> str:
    """Return what is said of a template that fails."""
    with pytest.raises(FindingError) as raised:
        draft(template)
    (finding,) = raised.value.findings
    return f"{finding.code}: {finding.message}"


REACHES = [
    "{{ desk.__class__ }}",
    "{{ desk['__class__'] }}",
    "{{ [desk]|map(attribute='__class__')|first }}",
    "{{ '{0.__class__}'.format(desk) }}",
    "{{ '{0.__class__}'|format_map({}) }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ desk.prose.__globals__ }}",
    "{{ desk.prose.__func__ }}",
    "{{ desk._texts }}",
    "{{ desk|attr('__class__') }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__ }}",
    "{{ desk.settings.root }}",
    "{{ desk.settings.cache_dir }}",
    "{{ '{0.settings.root}'.format(desk) }}",
    "{{ desk.settings['root'] }}",
    "{{ desk.linked.corpus.pictures['assets/a.txt'].read_text() }}",
    "{{ (desk.linked.corpus.pictures.values()|first).unlink() }}",
    # A model of pydantic reads files, and pickles.
    "{{ desk.linked.corpus.pictures }}",
    "{{ model.parse_file('content/assets/a.txt') }}",
    "{{ model.parse_raw('x', content_type='pickle', allow_pickle=True) }}",
    "{{ model.model_validate_json('{}') }}",
    "{{ model.model_dump() }}",
    "{{ record.model.name.model_copy() }}",
    "{{ record.located.nodes[()].start_mark }}",
    "{{ desk.titles.clear() }}",
    "{{ desk.linked.corpus.by_kind.update({}) }}",
    "{{ model.variants.append }}{{ [1].append(2) }}",
    "{{ page.__class__(1, 2) }}",
    "{% include '../mkdocs.yml' %}",
    "{% include '/etc/hostname' %}",
    "{{ x }}",
    "{{ [1]|random }}",
    "{{ desk|pprint }}",
    "{% import 'os' as os %}",
    "{{ config }}{{ request }}{{ get_flashed_messages }}",
]
# The same by the names that our own templates have for it.
REACHES += [
    template.replace("desk.prose", "context.texts.prose")
    .replace("desk._texts", "context.texts._texts")
    .replace("desk", "context")
    for template in REACHES
    if "desk" in template
]


@pytest.mark.parametrize("template", REACHES)
def test_what_a_template_may_not_reach_is_an_error_in_its_line(template: str, draft: Draft) -> None:
    with pytest.raises(FindingError) as raised:
        draft(f"# A\n\n{template}")
    (finding,) = raised.value.findings
    assert (finding.span.path.split("/")[0], finding.span.line) == ("templates", 3)
    assert finding.code in ("untrusted", "template")


ENDLESS = {
    "{{ 10 ** (10 ** 8) }}": "a number of more than 4096 bits",
    "{% set n = namespace(v=3) %}{% for i in range(99) %}{% set n.v = n.v * n.v %}{% endfor %}": (
        "a number of more than 4096 bits"
    ),
    "{{ 'a' * 10 ** 10 }}": "a text or list of more than 1000000 parts",
    "{{ 10 ** 10 * [desk] }}": "a text or list of more than 1000000 parts",
    "{% for i in range(10 ** 9) %}{% endfor %}": "Range too big.",
    "{% for i in range(99) %}{% for j in range(99999) %}{% endfor %}{% endfor %}" * 9: "more than 0.5 seconds",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}": "RecursionError: maximum recursion depth exceeded",
    "{% include 'person.md.j2' %}": "RecursionError: maximum recursion depth exceeded",
}


@pytest.mark.parametrize("template", ENDLESS, ids=lambda template: template[:30])
def test_a_template_without_end_is_ended(template: str, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    if "seconds" in ENDLESS[template]:  # the others end by themselves, however slow the machine is
        monkeypatch.setattr(sandbox, "SECONDS", 0.5)
    assert ENDLESS[template] in fault(draft, template)


@pytest.mark.parametrize(
    "template",
    [
        "{% set n = namespace(v='aaaa') %}{% for i in range(60) %}{% set n.v = n.v ~ n.v %}{% endfor %}",
        "{{ '{:>9999999999}'.format(1) }}",
        "{{ 'a'.ljust(9999999999) }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ 'a'|center(9999999999) }}",
    ],
)
def test_a_template_that_asks_for_all_memory_gets_none(
    template: str, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "_MEMORY", 200_000_000)
    said = fault(draft, template)
    assert said.startswith("untrusted: ") and "MemoryError" in said
    assert draft("still") == "still"


def test_a_template_prints_what_it_has(draft: Draft) -> None:
    template = (
        "{% from '_parts.md.j2' import opening with context %}{{ desk.settings.site_name }} {{ model.name.family }} "
        "{{ record.key|upper }} {{ desk.prose('biography') }} {{ [3, 1]|sort|join('-') }} "
        "{% for k in range(3) %}{{ loop.index }}{% endfor %} {{ '%03d' % 7 }} {{ '{:0>3}'.format(1) }} {{ 2 ** 10 }}"
    )
    text = draft(template)
    assert text.startswith('A small edition A A <p>He met <a href="b.md">B</a>.') and text.endswith(
        "1-3 123 007 001 1024"
    )


def test_in_a_thread_a_template_is_not_bounded_but_kept_from_all_else(draft: Draft) -> None:
    said: list[str] = []

    def run() -> None:
        said.append(draft("one"))
        said.append(fault(draft, "{{ desk.__class__ }}"))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert said[0] == "one" and said[1].startswith("untrusted: persons/a.md cannot be made: access to attribute")


def test_a_trusted_template_that_fails_is_a_finding_in_its_line(tmp_path: Path) -> None:
    files = {**FILES, "templates/person.md.j2": "# A\n{{ model.nmae }}\n", "templates/home.md.j2": "# A\n\n{{ 1|x }}\n"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    checked = check_edition(tmp_path)
    assert checked.linked and checked.style
    drafter = PageMaker(checked.linked, checked.style)._drafter
    said = []
    for path in ("persons/a.md", "index.md"):
        with pytest.raises(FindingError) as raised:
            drafter.draft(path)
        said.append(str(raised.value).split("\n", maxsplit=1)[0])
    assert said == [
        "templates/person.md.j2:2:1: template: persons/a.md cannot be made: "
        "'dosje.reading.records.Person object' has no attribute 'nmae'",
        "templates/home.md.j2:3:1: template: index.md cannot be made: No filter named 'x'.",
    ]
