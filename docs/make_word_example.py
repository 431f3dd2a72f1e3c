"""Writes the manuscript that the manual brings in, as a file of Word: `python docs/make_word_example.py`."""

from __future__ import annotations

from pathlib import Path

import pypandoc

TARGET = Path(__file__).parent / "manual" / "what-the-soup-was.docx"
MANUSCRIPT = """\
---
title: What the soup was
author: Ann Hedgehog
---

# The first dinner

Fox asked Stork to dinner in the spring of 1901.[^1] The letter is short, and says nothing of soup. The next leaf is
empty.[^2]

Owl thought that Fox had meant no harm.[^3] Mole, who wrote later, was less sure.[^4] *Nobody* had asked Crow, who saw
the plates and told Hare of them.[^5]

# The second dinner

Stork's answer was a dinner of his own.[^6] What Fox wrote about it to a friend is kept in another archive.[^7] He
went home hungry.[^8] Of the bill nothing is known,[^9] and of the plates little.[^10]

[^1]: Fox to Stork, 1 May 1901, AM, F. 1, File 3, fol. 1.
[^2]: Ibid., fol. 2.
[^3]: The Owl, *A Short History of Long Bills* (The Meadow: Press of the Hollow Tree, 1950), 10.
[^4]: The Mole, 'What the Fox Had in the Kitchen', *Journal of Underground Studies* 7 (1962), 31.
[^5]: Crow to Hare, 12 May 1901, County Archive, Crow Papers, box 2, file 14, fol. 7.
[^6]: Stork to Fox, early May 1901, AM, F. 1, File 3, fols. 3–4.
[^7]: Fox to Martin Badger, 9 June 1901, County Archive, Fox Papers, file 3, fol. 12.
[^8]: Ibid.
[^9]: Owl's book, 14.
[^10]: Mole, kitchen, 33.
"""


def main() -> None:
    """Write the file."""
    pypandoc.convert_text(MANUSCRIPT, "docx", format="markdown", outputfile=str(TARGET))


if __name__ == "__main__":
    main()
