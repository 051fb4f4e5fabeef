"""The keys that a page's address may hold."""

from typing import Annotated

from fastapi import Path

from attendance.domain.bounds import LARGEST_NUMBER

PupilId = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
"""A pupil's key; an address with another number is no page."""
