"""One use case a module; each act is one transaction and one record entry."""
