"""What a later version of the format of editions changes in the files of an older one."""
