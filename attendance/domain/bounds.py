"""How far casework reaches: its days, and the whole numbers that a row can hold."""

from datetime import date

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Beyond these a day is a slip of the pen, and a clock that starts there may run past the calendar's end."""

OUT_OF_REACH = f"Give a day from {FIRST_DAY} to {LAST_DAY}."

LARGEST_NUMBER = 2**31 - 1
"""The largest whole number that a column of the store holds."""
