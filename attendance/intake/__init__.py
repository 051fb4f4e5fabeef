"""Bytes that come in become values and problems. Pure."""
