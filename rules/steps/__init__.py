"""One module a legal step: what may be done, and what must be so first."""
