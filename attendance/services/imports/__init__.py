"""Files received: one use case a module.

- A file is read whole or refused whole; every problem is listed.
- A dry run says what would change and changes nothing.
- What changes nothing is not recorded: the same file twice leaves one entry in the record.
"""
