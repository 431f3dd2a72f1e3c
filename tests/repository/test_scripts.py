"""The scripts of pages: one style, which `make check` holds, and one way to copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import PROJECT

# Every script that pages load, and those that the program makes others of.
SCRIPTS = sorted((PROJECT / "scripts" / "dosje").rglob("*.js"))
HEAD = '(() => {\n  "use strict";\n\n'


def run(tool: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of JavaScript as `make check` does, in a folder with our configuration."""
    for name in (".oxlintrc.json", ".oxfmtrc.json"):
        shutil.copy(PROJECT / name, folder)
    program = Path(sys.executable).with_name(tool)
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("var one = 1;\nshow(one);", "no-var"),
        ("let one = 1;\nshow(one);", "prefer-const"),
        ("const x = 1;\nshow(x);", "id-length"),
        ("show({ k: 1 });", "id-length"),
        ("const unused = 1;", "no-unused-vars"),
        ("if (one == 1) show(one);", "eqeqeq"),
        ("const act = function () {\n  show();\n};\nact();", "func-style"),
        ("rows.forEach((row) => show(row));", "no-array-for-each"),
        ("if (one)\n  show(\n    one,\n  );", "curly"),
    ],
)
def test_what_is_not_our_style_is_found(code: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text(f"{HEAD}{code}\n}})();\n", encoding="utf-8")
    done = run("oxlint", tmp_path, "--deny-warnings")
    assert (done.returncode, f"({rule})" in done.stdout) == (1, True), done.stdout


def test_what_is_our_style_is_not(tmp_path: Path) -> None:
    code = "  const shown = rows.map((row) => row.title);\n  if (shown.length) show(shown);\n"
    (tmp_path / "one.js").write_text(f"{HEAD}{code}}})();\n", encoding="utf-8")
    for tool, argument in (("oxlint", "--deny-warnings"), ("oxfmt", "--check")):
        done = run(tool, tmp_path, argument)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_script_is_one_function_that_begins_strict() -> None:
    # runtime.js becomes a part of engine.js, which is one (`javascript`).
    assert len(SCRIPTS) > 10
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        is_one = "*/\n\n" + HEAD.rstrip() in text and text.endswith("})();\n") and text.startswith("/* ")
        assert is_one or script.name == "runtime.js", script.name


def test_one_script_copies() -> None:
    words = ("clipboard", "execCommand")
    found = [script.name for script in SCRIPTS if any(word in script.read_text(encoding="utf-8") for word in words)]
    assert found == ["dosje-copy.js"]
