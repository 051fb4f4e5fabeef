"""The office that the software runs for: its store, rules, letterhead and working days."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

from attendance.settings import AuthoritySettings, Settings, SettingsInvalid, read_authority, variable
from attendance.store.unit_of_work import Store
from rules.calendar import WorkingDays
from rules.law import RuleBook, rule_book

FIRST_YEAR, LAST_YEAR = 2006, 2049


@dataclass(frozen=True, slots=True)
class Office:
    """What every act needs and none changes."""

    store: Store
    book: RuleBook
    authority: AuthoritySettings
    working_days: WorkingDays


def office_of(settings: Settings) -> Office:
    """Open the office that the settings describe.

    Raises `SettingsInvalid`, `StoreNotPrepared`, `UnknownPolicy` or `OSError`.
    """
    if settings.authority is None:
        raise SettingsInvalid(
            f"{variable('authority')} names no file. Write the authority's details and name it."
        )
    authority = read_authority(settings.authority)
    return Office(
        store=Store.open(settings.url, settings.folder, head=settings.head),
        book=rule_book(settings.policy),
        authority=authority,
        working_days=working_days(frozenset(authority.further_bank_holidays)),
    )


@lru_cache(maxsize=8)
def working_days(further: frozenset[date] = frozenset()) -> WorkingDays:
    """Return England's working days; `further` are one-off bank holidays announced since."""
    known = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    return WorkingDays(frozenset(known) | further)
