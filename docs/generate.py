"""Writes docs/reference/generated from the program itself; `--check` refuses when it is not current."""
