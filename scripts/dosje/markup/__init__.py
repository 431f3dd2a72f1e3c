"""Texts as a tree, parsed once, for thin emitters to write."""
