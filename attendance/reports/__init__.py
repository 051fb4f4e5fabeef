"""Figures and statutory returns read from the store."""
