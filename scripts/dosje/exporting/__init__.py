"""Sources and the edition in the formats of others: CSL-JSON, BibLaTeX, RIS, schema.org and more."""
