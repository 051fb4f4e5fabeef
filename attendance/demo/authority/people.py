"""What pupils, adults and the links between them look like as tables.

- The tables have the columns of the files that the import reads; keys between them are the unique pupil
  number and the adult's reference.
"""

from dataclasses import dataclass

import polars as pl

_ADDRESS = {
    "address_line_1": pl.String,
    "address_line_2": pl.String,
    "address_line_3": pl.String,
    "town": pl.String,
    "postcode": pl.String,
}
PUPIL_SCHEMA = pl.Schema(
    {
        "upn": pl.String,
        "surname": pl.String,
        "forename": pl.String,
        "date_of_birth": pl.Date,
        **_ADDRESS,
        "home_la_code": pl.String,
        "language": pl.String,
    }
)
ADULT_SCHEMA = pl.Schema(
    {
        "adult_ref": pl.String,
        "kind": pl.String,
        "title": pl.String,
        "forename": pl.String,
        "surname": pl.String,
        **_ADDRESS,
        "language": pl.String,
        "email": pl.String,
        "email_agreed": pl.Boolean,
    }
)
LINK_SCHEMA = pl.Schema(
    {
        "upn": pl.String,
        "adult_ref": pl.String,
        "basis": pl.String,
        "since": pl.Date,
        "until": pl.Date,
        "lives_with": pl.Boolean,
        "day_to_day": pl.Boolean,
    }
)
ENROLMENT_SCHEMA = pl.Schema(
    {
        "school_urn": pl.String,
        "upn": pl.String,
        "since": pl.Date,
        "until": pl.Date,
        "year_group": pl.String,
        "status": pl.String,
    }
)
FLAG_SCHEMA = pl.Schema({"upn": pl.String, "flag": pl.String, "since": pl.Date, "until": pl.Date})
STAFF_SCHEMA = pl.Schema(
    {
        "school_urn": pl.String,
        "name": pl.String,
        "role": pl.String,
        "since": pl.Date,
        "until": pl.Date,
        "email": pl.String,
        "authorised_by": pl.String,
    }
)


@dataclass(frozen=True, slots=True)
class People:
    """Pupils, adults, links, enrolments and flags, each as one table."""

    pupils: pl.DataFrame
    adults: pl.DataFrame
    links: pl.DataFrame
    enrolments: pl.DataFrame
    flags: pl.DataFrame

    def __add__(self, other: "People") -> "People":
        """Put two groups of people side by side, the first group first."""
        return People(
            pupils=pl.concat([self.pupils, other.pupils]),
            adults=pl.concat([self.adults, other.adults]),
            links=pl.concat([self.links, other.links]),
            enrolments=pl.concat([self.enrolments, other.enrolments]),
            flags=pl.concat([self.flags, other.flags]),
        )
