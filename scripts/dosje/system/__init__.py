"""What is asked of the machine: files written whole, folders that are ours, locks, other programs, how a command ends."""
