"""The citation lookup: what a pasted footnote cites, from an index that a build made."""
