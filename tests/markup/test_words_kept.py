"""Whatever signs of Markdown stand around them, no words of an author are lost on the way to the tree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dosje.markup.markdown_tree import parse_markdown
from dosje.values.page_id import PageId

# Without the sign of a table's column: Markdown leaves out the cells that its head has no column for.
SIGNS = st.sampled_from(
    [
        "*", "**", "***", "_", "`", "``", "[", "]", "(", ")", "!", "<", ">", "&", "&amp;", "#", "# ", "## ", "- ",
        "1. ", "> ", ": ", "\n", "\n\n", "    ", "  \n", "\\", '"', "'", "{", "}", "~", "^", "=", "---", "===", "\t",
        "<!--", "-->", "</p>", "+ ", "\n: ", "\n\n:   ", "\n    ", "\n- ", "\n> ",
    ]
)  # fmt: skip
WORD = "word"


@given(st.lists(st.one_of(SIGNS, st.just(WORD)), max_size=30))
def test_no_word_is_lost(parts: list[str]) -> None:
    # Each word is another one, and none is a part of another. Python-Markdown loses a letter beside odd signs of
    # emphasis, as of "*a**_*bc": so each has one more at both ends.
    numbered = [f"x-{WORD}-{at:02}-x" if part == WORD else part for at, part in enumerate(parts)]
    made = repr(parse_markdown("".join(numbered), [], PageId("essay", "e")))
    assert [word for word in numbered if WORD in word and word[2:-2] not in made] == []
