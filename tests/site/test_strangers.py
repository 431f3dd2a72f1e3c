"""A whole edition of strangers, built: nothing of theirs runs, nothing of ours is told, a clean one is the same."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from dosje.values.findings import CODES

pytestmark = pytest.mark.whole

SECRET = "a-secret-of-the-environment"
# Modules that Python, or we, import: in the folder of an edition they are nobody's.
SHADOWS = ("base64", "json", "markdown", "mkdocs", "multiprocessing", "sitecustomize", "tempfile", "yaml")
CLEAN = {
    "mkdocs.yml": """\
site_name: An edition of strangers
site_url: https://example.org/
extra_css: [assets/own.css]
plugins: [bibtex: {bib_dir: bibliography}]
extra: {dosje: {locale: en-GB, authors: ["Doe, Jane"]}}
""",
    "content/persons/hoxha.yml": "name: {family: Hoxha}\nborn: 1908\nbiography: He wrote [@letter, fl. 3].\n",
    "content/persons/kapo.yml": "name: {family: Kapo, given: Hysni}\nvariants: [Kapoja]\n",
    "content/meetings/talk.yml": (
        "title: A talk\nkind: talks\ndate: 1960-06-24\nplace: tirana\nparticipants:\n"
        "  - {person: kapo, cite: '[@letter]'}\n  - {person: hoxha, cite: '[@luthi, 7]'}\n"
        "account: They met [@luthi, 8].\n"
    ),
    "content/places.yml": "tirana: {name: Tirana, coordinates: '41.33, 19.82'}\n",
    "content/archives.yml": "aqsh: {name: Central State Archives, abbreviation: AQSH}\n",
    "content/sources/file.yml": (
        "level: file\ntype: file\nrepository: aqsh\nfile: D. 1\nyear: 1960\ntitle: F\nseen: original\n"
    ),
    "content/sources/letter.yml": (
        "level: item\ntype: letter\npart_of: file\ntitle: L\nseen: original\nauthor: kapo\nrecipient: hoxha\n"
        "date: 1960-06-24\nfolios: 1-9\n"
    ),
    "content/essays/story.md": "---\ntitle: The story\n---\nThey met [@letter, fl. 3].\n\n![A plan](assets/plan.svg)\n",
    "content/assets/plan.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h5"/></svg>',
    "content/assets/own.css": "h1 {color: teal}",
    "bibliography/a.bib": "@book{luthi, author = {Lüthi, Lorenz}, title = {The {Sino-Soviet} Split}, date = {2008}}\n",
    "templates/place.md.j2": "# {{ desk.heading() }}\n\n{{ desk.title('person', 'kapo') }} was here.\n",
}


def marked(name: str, mark: Path) -> str:
    """Return Python that leaves a mark when it is run."""
    return f"open({str(mark / name)!r}, 'w').close()\n"


class _Pickled:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch {self.mark}/pickle",)


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """Return the folder in which each thing that runs leaves a file of its name."""
    (tmp_path / "mark").mkdir()
    return tmp_path / "mark"


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def dosje(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder of an edition, as an editor does."""
    command = [sys.executable, "-P", "-m", "dosje.cli", *arguments]
    environment = os.environ | {"A_SECRET": SECRET}
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, env=environment)


def shadows(mark: Path) -> dict[str, str]:
    return {f"{name}.py": marked(name, mark) for name in SHADOWS} | {"pagefind.yml": f"output_path: {mark}/pagefind\n"}


def test_nothing_of_a_hostile_edition_runs_and_all_of_it_is_told(tmp_path: Path, mark: Path) -> None:
    config = f"""\
INHERIT: base.yml
site_name: A
site_author: !ENV [A_SECRET]
copyright: !!python/object/apply:os.system ["touch {mark}/tag"]
site_url: "javascript:alert(1)"
hooks: [hook.py]
watch: [/etc]
plugins: [own_plugin, social, search: {{prebuild_index: node}}]
markdown_extensions:
  - own_extension
  - pymdownx.snippets: {{base_path: /, restrict_base_path: false}}
theme: {{name: material, custom_dir: looks}}
extra_javascript: [assets/own.js]
extra: {{dosje: {{citation_style: ../own.csl}}}}
"""
    root = write(
        tmp_path / "edition",
        {
            **CLEAN,
            **shadows(mark),
            "mkdocs.yml": config,
            "base.yml": "hooks: [hook.py]\nextra: {a: !ENV A_SECRET}\n",
            "hook.py": marked("hook", mark),
            "own_plugin.py": marked("plugin", mark),
            "own_extension.py": marked("extension", mark),
            "looks/main.html": "{{ ''.__class__ }}",
            "theme/main.html": "{% set a = config.__init__.__globals__ %}",
            "templates/person.md.j2": "{{ model.parse_file('mkdocs.yml') }}{% if %}",
            "content/assets/own.js": "alert(1)",
            "content/assets/x.html": "<script>alert(1)</script>",
            "content/assets/notes.js": "alert(1)",
            "content/assets/x.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        },
    )
    (root / "content/assets/e.txt").symlink_to("/proc/self/environ")
    for verb in ("check", "build", "pdf", "epub", "bundle", "export"):
        done = dosje(root, verb, "--untrusted", *(["json"] if verb == "export" else []))
        assert done.returncode == 1, done.stderr
        assert SECRET not in done.stdout + done.stderr
        found = (done.stdout + done.stderr).splitlines()
        codes = [line.split(": ")[1] for line in found if ":" in line and line.split(": ")[1:2] and line[0] != " "]
        assert {"untrusted", "outside-edition", "asset-kind", "asset-name", "unsafe-svg", "template"} <= set(codes) & {
            *CODES
        }
    # A verb tells of many findings of one code as of one; JSON has them all.
    told = dosje(root, "check", "--untrusted", "--format", "json").stdout.replace('\\"', '"')
    for what in (
        '"INHERIT"', "!ENV", "!!python/object/apply:os.system", '"site_url"', '"hooks"', '"watch"', '"own_plugin"',
        '"social"', '"prebuild_index"', '"own_extension"', '"pymdownx.snippets"', '"custom_dir"', "theme/",
        '"extra_javascript"',
    ):  # fmt: skip
        assert what in told
    assert sorted(path.name for path in mark.iterdir()) == []
    assert not (root / "site").exists()


def test_a_hostile_template_in_a_clean_edition_ends_the_build_and_runs_nothing(tmp_path: Path, mark: Path) -> None:
    stored = pickle.dumps(_Pickled(mark))
    call = f"model.parse_raw({stored!r}, content_type='pickle', proto='pickle', allow_pickle=True)".replace("(b'", "('")
    root = write(tmp_path / "edition", {**CLEAN, **shadows(mark), "templates/person.md.j2": f"# A\n{{{{ {call} }}}}\n"})
    done = dosje(root, "build", "--untrusted")
    assert done.returncode == 1
    assert (
        "templates/person.md.j2:2:1: untrusted: persons/hoxha.md cannot be made: access to attribute 'parse_raw'"
        in (done.stderr)
    )
    assert list(mark.iterdir()) == []


def test_a_clean_edition_is_the_same_to_the_byte_and_its_folder_is_no_place_for_modules(
    tmp_path: Path, mark: Path
) -> None:
    theirs = write(tmp_path / "theirs", {**CLEAN, **shadows(mark)})
    for verb in ("build", "pdf"):
        done = dosje(theirs, verb, "--untrusted")
        assert (done.returncode, list(mark.iterdir())) == (0, []), done.stderr
    with_hook = {"mkdocs.yml": CLEAN["mkdocs.yml"] + "hooks: [hook.py]\n", "hook.py": marked("hook", mark)}
    ours = write(tmp_path / "ours", {**CLEAN, **with_hook})
    done = dosje(ours, "build")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in mark.iterdir()] == ["hook"], "trusted, it runs"
    sites = [
        {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}
        for root in (theirs, ours)
    ]
    assert len(sites[0]) > 50
    assert [name for name in sites[0].keys() | sites[1].keys() if sites[0].get(name) != sites[1].get(name)] == []
