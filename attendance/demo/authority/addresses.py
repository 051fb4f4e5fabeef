"""Made-up addresses: streets and postcodes that do not exist."""

import numpy as np
import polars as pl

from attendance.demo.authority.places import CITY, NEIGHBOUR_TOWN
from attendance.demo.authority.streams import Bools, Ints
from attendance.demo.authority.words import words

ADDRESS_COLUMNS = ("address_line_1", "address_line_2", "address_line_3", "town", "postcode")
FLATS = 0.12
HOUSES_IN_A_STREET = 140
FLATS_IN_A_HOUSE = 24
INWARD_FIRST = list("ABDEFGHJ")
INWARD_SECOND = list("LNPQRSTUWXYZ")


def make_addresses(chance: np.random.Generator, district: Ints, neighbour: Bools) -> pl.DataFrame:
    """Make addresses up.

    Args:
        chance: Where the draws come from.
        district: The district of the city, from 0, one per address wanted.
        neighbour: Where the address lies in the neighbouring authority instead.

    Returns:
        One row per address: three lines, town and postcode; empty lines are empty text.
    """
    lexicon = words()
    many = len(district)
    named = chance.integers(len(lexicon.street_names), size=many)
    typed = chance.integers(len(lexicon.street_types), size=many)
    flat = chance.random(many) < FLATS
    house = chance.integers(1, HOUSES_IN_A_STREET, size=many)
    streets = (
        pl.Series(house).cast(pl.String)
        + " "
        + pl.Series(lexicon.street_names)[named]
        + " "
        + pl.Series(lexicon.street_types)[typed]
    )
    flats = "Flat " + pl.Series(chance.integers(1, FLATS_IN_A_HOUSE, size=many)).cast(pl.String)
    near = pl.Series(lexicon.localities)[district % len(lexicon.localities)]
    far = pl.Series(lexicon.neighbour_localities)[named % len(lexicon.neighbour_localities)]
    return pl.DataFrame({"street": streets, "flat": flats, "near": near, "far": far}).select(
        address_line_1=pl.when(pl.lit(flat)).then("flat").otherwise("street"),
        address_line_2=pl.when(pl.lit(flat)).then("street").otherwise(pl.lit("")),
        address_line_3=pl.when(pl.lit(neighbour)).then("far").otherwise("near"),
        town=pl.when(pl.lit(neighbour)).then(pl.lit(NEIGHBOUR_TOWN)).otherwise(pl.lit(CITY)),
        postcode=_postcodes(district, neighbour, named, house),
    )


def _postcodes(district: Ints, neighbour: Bools, street: Ints, house: Ints) -> pl.Series:
    area = pl.Series(np.where(neighbour, "LF", "AM").tolist(), dtype=pl.String)
    outward = pl.Series(np.where(neighbour, street % 4, district % 12) + 1).cast(pl.String)
    sector = pl.Series(street % 9 + 1).cast(pl.String)
    first = pl.Series(INWARD_FIRST)[street % len(INWARD_FIRST)]
    second = pl.Series(INWARD_SECOND)[(street // 3 + house // 30) % len(INWARD_SECOND)]
    return area + outward + " " + sector + first + second


def no_address(frame: pl.DataFrame, unknown: Bools) -> pl.DataFrame:
    """Blank out the addresses that nobody knows."""
    blank = pl.lit(unknown)
    return frame.with_columns(
        pl.when(blank).then(pl.lit("")).otherwise(pl.col(name)).alias(name) for name in ADDRESS_COLUMNS
    )
