"""The casework's own words: cases, steps, support, requests, evidence and the record."""
