"""The small edition that `dosje init` makes: its files, and all its words by language."""
