"""Every word of ours that a reader sees, by key and language; knows no records."""
