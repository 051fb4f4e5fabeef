"""From values to words: dates, amounts and states as people read them. Nothing is decided here."""
