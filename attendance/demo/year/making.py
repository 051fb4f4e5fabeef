"""Making a demo: a made-up authority, its people and registers loaded, its year of casework run."""

from collections.abc import Callable
from dataclasses import dataclass

from attendance.demo.authority import make_authority
from attendance.demo.year.calendar_of_work import Work, working_days_of
from attendance.demo.year.casework import everybody
from attendance.demo.year.desk import Desk
from attendance.demo.year.folder import DemoFolder, fresh_folder
from attendance.demo.year.letters_written import write_letters
from attendance.demo.year.loading import Loading
from attendance.demo.year.staffing import Staffing, open_accounts, write_accounts
from attendance.demo.year.summary import Summary, summary_of
from attendance.demo.year.wish import OFFICE_OPENS, POLICY, YEAR_BEGINS, Wish
from attendance.services.accounts import COMMAND_LINE
from attendance.services.office import Office, working_days
from attendance.settings import read_authority
from attendance.store.unit_of_work import Store
from rules.law import rule_book

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that was made. Whoever asked for it closes the store."""

    office: Office
    folder: DemoFolder
    desk: Desk
    staffing: Staffing
    password: str
    summary: Summary


def make_demo(wish: Wish, told: Told) -> Demo:
    """Make a demo; `told` is called with what is being done, how much of it is done, and of how much.

    Raises `FolderNotOurs`.
    """
    folder = fresh_folder(wish.folder)
    told("Making the authority up", 0, 1)
    authority = make_authority(wish.size, wish.seed)
    written = authority.write(folder.authority, yearly=False)
    store = Store.create(folder.url, folder.path, lasting=False)
    details = read_authority(written.settings)
    office = Office(store, rule_book(POLICY), details, working_days(frozenset(details.further_bank_holidays)))
    desk = Desk(office, OFFICE_OPENS)
    told("Loading schools and people", 0, 1)
    Loading(desk, COMMAND_LINE, folder.authority).everything()
    staffing, password = open_accounts(desk, authority.schools["URN"].to_list())
    write_accounts(folder.accounts, staffing, password)
    _run(wish, desk, everybody(wish, authority, desk, staffing, folder.returns), told)
    told("Writing letters out", 0, 1)
    write_letters(desk, folder.letters)
    told("Verifying the record", 0, 1)
    summary = summary_of(office, wish.until)
    return Demo(office, folder, desk, staffing, password, summary)


def _run(wish: Wish, desk: Desk, works: tuple[Work, ...], told: Told) -> None:
    days = tuple(working_days_of(desk.office.working_days, YEAR_BEGINS, wish.until))
    for number, day in enumerate(days, start=1):
        desk.begin(day)
        for work in works:
            work.day()
        told(f"{day:%B %Y}", number, len(days))
