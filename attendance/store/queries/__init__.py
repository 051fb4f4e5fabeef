"""What is read for lists and pages: one question a function, answered in a fixed number of queries."""
