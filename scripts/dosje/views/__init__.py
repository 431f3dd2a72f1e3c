"""What page, book and e-book say of a record, in one description for each kind."""
