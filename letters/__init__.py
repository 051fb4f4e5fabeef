"""Letters: one template each, rendered to a tagged PDF and its HTML twin. Pure."""
