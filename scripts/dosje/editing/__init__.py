"""What changes the files of an edition for its editors: new records, and keys that become others."""
