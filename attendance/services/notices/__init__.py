"""Notices to improve and penalty notices: decided, prepared, issued, and brought to their end."""
