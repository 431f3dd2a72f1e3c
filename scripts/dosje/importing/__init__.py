"""What comes in: manuscripts, lists of works and tables of others become records, drafts and a worklist."""
