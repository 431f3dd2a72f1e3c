"""Fields of a YAML text that are set or renamed, while all else stays as its author wrote it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dosje.reading.yaml_edits import YamlEditError, rename_field, set_field

FORMAT = ("extra", "dosje", "format")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("site_name: A\n", "site_name: A\n\nextra:\n  dosje:\n    format: 2\n"),
        ("", "extra:\n  dosje:\n    format: 2\n"),
        ("extra: # mine\n  a: b # c\n", "extra: # mine\n  dosje:\n    format: 2\n  a: b # c\n"),
        (
            "extra:\n    dosje:  # ours\n        # How it is cited\n        locale: en\nx: y\n",
            "extra:\n    dosje:  # ours\n        format: 2\n        # How it is cited\n        locale: en\nx: y\n",
        ),
        ("extra: {dosje: {locale: en}}\n", "extra: {dosje: {format: 2, locale: en}}\n"),
        ("extra: {}\n", "extra: {dosje: {format: 2}}\n"),
        ("extra:\nx: y\n", "extra:\n  dosje:\n    format: 2\nx: y\n"),
        ("extra:\n  dosje:", "extra:\n  dosje:\n    format: 2"),
        ('extra: {dosje: {format: "1"}} # one\n', "extra: {dosje: {format: 2}} # one\n"),
        (
            "extra:\n  dosje:\n    format: 1   # é\n    a: é\n",
            "extra:\n  dosje:\n    format: 2   # é\n    a: é\n",
        ),
        ("extra:\n  dosje:\n    format: 2\n", "extra:\n  dosje:\n    format: 2\n"),
    ],
)
def test_a_field_is_set_where_it_stands_or_would_stand(text: str, after: str) -> None:
    assert set_field(text, FORMAT, "2") == after
    assert yaml.safe_load(after)["extra"]["dosje"]["format"] == 2


@pytest.mark.parametrize("text", ['extra:\n  dosje: ""\n', "a: b\n...\n", "a: |+\n  b\n\n\n"])
def test_a_text_that_would_say_something_else_then_is_refused(text: str) -> None:
    with pytest.raises(YamlEditError, match=r"by hand|write them below it"):
        set_field(text, FORMAT, "2")


YAML = st.recursive(
    st.text("ab:#-' \n", max_size=5),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("abxy"), inner, max_size=3)),
    max_leaves=6,
)


@given(YAML, st.booleans(), st.sampled_from([("x",), ("x", "y"), ("x", "y", "a")]))
def test_whatever_stands_beside_a_field_that_is_set_stays_as_it_was(
    value: object, flow: bool, path: tuple[str, ...]
) -> None:
    text = yaml.safe_dump(value if isinstance(value, dict) else {"a": value}, default_flow_style=flow)
    before = yaml.load(text, yaml.BaseLoader)
    try:
        found = after = yaml.load(set_field(text, path, "new"), yaml.BaseLoader)
    except YamlEditError:
        return
    for name in path:
        found = found[name]
    assert found == "new"
    assert {key: one for key, one in after.items() if key != "x"} == {
        key: one for key, one in before.items() if key != "x"
    }


@pytest.mark.parametrize("text", ["extra: a\n", "extra: [a]\n", "extra: {dosje: {format: [1]}}\n", "a: [\n", "- a\n"])
def test_what_has_no_place_for_the_field_is_refused(text: str) -> None:
    with pytest.raises(YamlEditError):
        set_field(text, FORMAT, "2")


@given(
    value=st.one_of(
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), st.sampled_from(["1.0", "no", "2026-11-30"])
    )
)
def test_a_value_is_read_as_the_text_that_was_set(value: str) -> None:
    text = set_field("a: b # c\n", ("extra", "v"), value)
    assert text.startswith("a: b # c\n")
    assert yaml.load(text, Loader=yaml.BaseLoader)["extra"]["v"] == value
    assert isinstance(yaml.safe_load(set_field("", ("v",), "1.0"))["v"], str)


def test_a_field_gets_another_name_and_keeps_its_value_and_comments() -> None:
    text = "# A meeting\nhost_organisation: pla  # the host\nlist:\n- {old: 1, b: 2}\n"
    after = rename_field(text, ("host_organisation",), "host")
    assert after == text.replace("host_organisation", "host")
    assert rename_field(after, ("list", 0, "old"), "new") == after.replace("old", "new")
    assert rename_field(after, ("other",), "host") == after


def test_a_field_never_gets_the_name_of_another_beside_it() -> None:
    with pytest.raises(YamlEditError, match='there is a field "b" beside "a"'):
        rename_field("a: 1\nb: 2\n", ("a",), "b")
