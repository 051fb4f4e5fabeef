"""A school's request for a notice: made, sent, and answered."""
