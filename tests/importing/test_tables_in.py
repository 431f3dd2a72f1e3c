"""Tables become records: by a mapping, by the names of fields; our own CSV exports by their heads."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.cli import main
from dosje.importing.table_records import CellError, read_day
from dosje.web.page_maker import PageMaker
from dosje.web.tables import TABLES, make_table, to_csv

FILES = {
    "content/places.yml": "den: {name: The Den, variants: [Höhle]}\nmeadow: {name: Meadow}\n",
    "content/organisations.yml": "council: {name: Council of the Meadow, abbreviation: CM}\n",
    "content/persons/fox.yml": "name: {family: Fox, given: Reynard, native: Рейнард}\nvariants: [Vixen]\n",
    "content/persons/mao.yml": "name: {family: Mao, given: Zedong, family_first: true}\n",
    "content/meetings/dinner.yml": "title: Dinner\nkind: talks\ndate: 1901-05~\nplace: den\n",
    "content/events/rain.yml": "title: Rain\nkind: press\ndate: 1901\n",
    "bibliography/works.bib": "@book{owl1950, author = {Owl, A.}, title = {T}, date = {1950}}\n",
}
MAPPING = """\
kind: person
key: [Surname, Born]
fields:
  name.family: Surname
  name.given: {column: Given, empty: [-, n/a]}
  born: {column: Born, date: D.M.YYYY}
  variants: {column: Other names, split: ";"}
  affiliations.organisation: {column: Where, split: ","}
  affiliations.office: {value: member}
  affiliations.cite: {value: "[@owl1950, 3]"}
"""
TABLE = (
    "Surname;Given;Born;Other names;Where\nStork;n/a;3.5.1891;Adebar; Longlegs;\n".replace(
        "Adebar; Longlegs", '"Adebar; Longlegs"'
    )
    + 'Heron;"Helga\nvon";1890;;CM\n'
    "Owl;A.;31.2.1900;;\n"
    "Jay;J.;1901;;Nowhere\n"
)


def run(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments), "--project", str(root)])


def lines_of(result: Result) -> list[str]:
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def test_a_mapping_says_which_column_is_which_field(edition: Edition) -> None:
    root = edition({**FILES, "people.csv": TABLE, "people.yml": MAPPING})
    done = run(root, "--write", root / "people.csv", "--mapping", root / "people.yml")
    assert done.exit_code == 1
    assert lines_of(done) == [
        "new person stork-3-5-1891 people.csv:2",
        "new person heron-1890 people.csv:3",
        'not understood people.csv:5:3 born: "1900-02-31" is not an EDTF date (day 31) '
        "(as D.M.YYYY, or February 1900 has 28 days; for an unknown day write 1900-02-XX)",
        'not understood people.csv:6:5 affiliations.organisation: no organisation is called "Nowhere"',
    ]
    assert (root / "content/persons/stork-3-5-1891.yml").read_text(encoding="utf-8") == (
        "name: {family: Stork}\nvariants: [Adebar, Longlegs]\nborn: 1891-05-03\n"
    )
    assert (root / "content/persons/heron-1890.yml").read_text(encoding="utf-8") == (
        "name: {family: Heron, given: Helga von}\nborn: 1890\n"
        'affiliations:\n  - organisation: council\n    office: member\n    cite: "[@owl1950, 3]"\n'
    )
    again = run(root, "--write", root / "people.csv", "--mapping", root / "people.yml")
    assert [line.split()[0] for line in lines_of(again)] == ["same", "same", "not", "not"]


def test_columns_that_are_called_as_fields_need_no_mapping(edition: Edition) -> None:
    text = "key\ttitle\tdate\tplace\tkind\nsupper\tSupper\t1901\tHöhle\tTalks\nlunch\tLunch\t1902\tSea\tvisit\n"
    root = edition({**FILES, "meetings.tsv": text})
    done = run(root, "--write", root / "meetings.tsv")
    assert lines_of(done) == [
        "new meeting supper meetings.tsv:2", 'not understood meetings.tsv:3:4 place: no place is called "Sea"',
    ]  # fmt: skip
    assert (root / "content/meetings/supper.yml").read_text(encoding="utf-8") == (
        "title: Supper\nkind: talks\ndate: 1901\nplace: den\n"
    )


def test_tables_may_use_names_of_what_comes_with_them(edition: Edition) -> None:
    places, meetings = "key,name\nsea,The Sea\n", "key,title,date,kind,place\nswim,Swim,1901,visit,The Sea\n"
    root = edition({**FILES, "in/places.csv": places, "in/meetings.csv": meetings})
    done = run(root, root / "in/places.csv", root / "in/meetings.csv")
    assert lines_of(done) == ["new meeting swim meetings.csv:2", "new place sea places.csv:2"]


def test_our_own_tables_come_back(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> None:
    root, folder = edition(FILES), tmp_path_factory.mktemp("tables")
    checked = check_edition(root)
    assert checked.linked and checked.style
    title_of = PageMaker(checked.linked, checked.style).title_of
    names = [name for name in TABLES if name != "sources"]
    for name in names:
        text = to_csv(make_table(checked.linked, title_of, name, is_whole=True), checked.linked.phrases)
        (folder / f"{name}.csv").write_bytes(f"\ufeff{text}".encode())
    files = [folder / f"{name}.csv" for name in ("places", "organisations", "persons", "meetings", "events")]
    assert sorted(path.stem for path in files) == sorted(names)
    done = run(root, *files)
    assert [line.split()[0] for line in lines_of(done)] == ["same"] * 7
    empty = tmp_path_factory.mktemp("empty")
    (empty / "mkdocs.yml").write_text("site_name: Empty\n", encoding="utf-8")
    assert run(empty, "--write", *files).exit_code == 0
    assert (empty / "content/meetings/dinner.yml").read_text(encoding="utf-8") == FILES["content/meetings/dinner.yml"]
    assert (empty / "content/persons/fox.yml").read_text(encoding="utf-8") == "name: {family: Fox, given: Reynard}\n"


@pytest.mark.parametrize(
    ("encoding", "mapping", "said"),
    [
        ("utf-8-sig", "", "new person muller persons.csv:2"),
        ("utf-16", "", "new person muller persons.csv:2"),
        ("cp1252", "encoding: cp1252\n", "new person muller persons.csv:2"),
        ("cp1252", "", "not understood persons.csv:2:1 the file is not UTF-8 text "
         "(say its encoding in a mapping, as cp1252; or save it as UTF-8)"),
    ],
)  # fmt: skip
def test_a_text_of_any_encoding_is_read_and_of_an_unknown_one_said(
    encoding: str, mapping: str, said: str, edition: Edition
) -> None:
    text = "name.family,born\nMüller,1890\n"
    mapped = f"kind: person\nfields: {{name.family: name.family, born: born}}\n{mapping}"
    root = edition({"in/persons.csv": text.encode(encoding), "in/m.yml": mapped})
    assert lines_of(run(root, root / "in/persons.csv", "--mapping", root / "in/m.yml")) == [said]


def write_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[str | float]]]) -> None:
    """Write the smallest spreadsheet that has these sheets."""
    names = list(sheets)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="s{n}"/>' for n, name in enumerate(names, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="s{n}" Type="{office}/worksheet" Target="worksheets/s{n}.xml"/>'
            for n in range(1, len(names) + 1)
        )
        + "</Relationships>",
    }
    for number, rows in enumerate(sheets.values(), 1):
        lines = "".join(f'<row r="{n}">{"".join(map(cell, row))}</row>' for n, row in enumerate(rows, 1))
        parts[f"xl/worksheets/s{number}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)


def cell(value: str | float) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def test_the_sheet_that_is_named_is_read_with_whole_numbers_as_such(edition: Edition) -> None:
    root = edition(
        {"p.yml": "kind: person\nkey: Id\nsheet: People\nheader: 3\nfields: {name.family: Who, born: Born}\n"}
    )
    rows: list[list[str | float]] = [
        ["A list of people"],
        [],
        ["Id", "Who", "Born"],
        ["jay", "Jay", 1901.0],
        ["owl", "Owl", "soon"],
    ]
    write_xlsx(root / "a.xlsx", {"Other": [["x"]], "People": rows})
    done = run(root, "--write", root / "a.xlsx", "--mapping", root / "p.yml")
    assert [line[:40] for line in lines_of(done)] == [
        "new person jay a.xlsx:4",
        'not understood a.xlsx:5:3 born: "soon" i',
    ]
    assert (root / "content/persons/jay.yml").read_text(encoding="utf-8") == "name: {family: Jay}\nborn: 1901\n"


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04broken", b"no zip at all"])
def test_a_broken_spreadsheet_is_not_understood(raw: bytes, edition: Edition) -> None:
    root = edition({"persons.xlsx": raw})
    assert [line[:50] for line in lines_of(run(root, root / "persons.xlsx"))] == [
        "not understood persons.xlsx this is no spreadsheet"
    ]


def test_a_spreadsheet_that_would_fill_the_memory_is_refused(edition: Edition) -> None:
    root = edition({})
    with zipfile.ZipFile(root / "persons.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * 520_000_000)
    assert "too large when it is unpacked" in run(root, root / "persons.xlsx").stdout


def test_a_mapping_that_is_not_there_is_proposed_and_not_written_over(edition: Edition) -> None:
    root = edition({**FILES, "list.csv": "ID,Surname,Vorname,Born,Remarks\n1,Stork,Adebar,1891,long\n"})
    done = run(root, root / "list.csv", "--mapping", root / "new.yml")
    assert (done.exit_code, done.stdout) == (0, f"{root / 'new.yml'}\n")
    assert (root / "new.yml").read_text(encoding="utf-8") == (
        'kind: person\nkey: "ID"\nfields:\n  name.family: "Surname"  # Stork\n  name.given: "Vorname"  # Adebar\n'
        '  born: "Born"  # 1891\n  # FIELD: "Remarks"  # long\n'
    )
    again = run(root, root / "list.csv", "--mapping", root / "new.yml")
    assert lines_of(again) == ["new person 1 list.csv:2"]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("kind: persn\nfields: {a: B}\n", 'list.csv no kind of record is called "persn" (did you mean "person"?)'),
        (
            "kind: person\nfields: {name.family: Surnme}\n",
            'list.csv:1 no column is called "Surnme" (did you mean "Surname"?)',
        ),
        ("kind: person\nfields: {brn: Surname}\n", 'list.csv:1:1 no field is called "brn" (did you mean "born"?)'),
        ("kind: person\n", 'm.yml:1:1 a mapping needs "fields" here (fields: …)'),
        ("kind: [\n", "m.yml:2:1 "),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(mapping: str, said: str, edition: Edition) -> None:
    root = edition({"list.csv": "Surname\nStork\n", "m.yml": mapping})
    done = run(root, root / "list.csv", "--mapping", root / "m.yml")
    assert done.exit_code == 1
    assert lines_of(done)[0].startswith(f"not understood {said}")


def test_a_table_of_which_nothing_says_what_it_is_asks_for_a_mapping(edition: Edition) -> None:
    root = edition({"list.csv": "Surname\nStork\n", "persons.csv": "Surname\nStork\n"})
    assert "dosje import FILE --mapping NEW.yml; or call it after them" in run(root, root / "list.csv").stdout
    assert 'no field of a person is called "Surname"' in run(root, root / "persons.csv").stdout


@pytest.mark.parametrize(
    ("text", "form", "edtf"),
    [
        ("3.5.1891", "D.M.YYYY", "1891-05-03"), ("03/05/1891", "MM/DD/YYYY", "1891-03-05"),
        ("5.1891", "M.YYYY", "1891-05"), ("3.5.1891 - 7.5.1891", "DD.MM.YYYY", "1891-05-03/1891-05-07"),
        ("1891", "D.M.YYYY", "1891"), ("1891-05~", "D.M.YYYY", "1891-05~"), ("1891-05?", "", "1891-05?"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_the_mapping_says_or_as_edtf(text: str, form: str, edtf: str) -> None:
    assert read_day(text, form) == edtf


@pytest.mark.parametrize(("text", "form"), [("32.1.1891", "D.M.YYYY"), ("1.13.1891", "D.M.YYYY"), ("spring", "")])
def test_what_is_no_day_is_not_guessed(text: str, form: str) -> None:
    with pytest.raises(CellError):
        read_day(text, form)
