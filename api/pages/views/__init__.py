"""What each page reads, and which template shows it: a handful of lines a page."""
