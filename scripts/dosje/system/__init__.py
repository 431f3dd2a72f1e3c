"""What is asked of the machine: whole files, folders of ours, locks, other programs, and how a command ends."""
