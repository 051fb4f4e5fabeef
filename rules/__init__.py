"""The law: dated values, counting and the guards of each legal step. Pure."""
