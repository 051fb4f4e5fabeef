"""The synthetic authority: made-up people, real code."""
