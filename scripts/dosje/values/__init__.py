"""Plain values and their rules: dates, leaves, citations, words, findings. They know nothing of records or files."""
