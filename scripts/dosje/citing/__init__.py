"""Notes: the position of each cite, and its words in the edition's CSL style."""
