"""Making a demo: a made-up authority, its people and registers loaded, its year of casework run."""

from collections.abc import Callable
from dataclasses import dataclass

from attendance.demo.authority import SyntheticAuthority, make_authority
from attendance.demo.year.calendar_of_work import working_days_of
from attendance.demo.year.desk import Desk
from attendance.demo.year.folder import DemoFolder, fresh_folder
from attendance.demo.year.loading import Loading
from attendance.demo.year.registers import Closures, Returns
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
    store = Store.create(folder.url, folder.path)
    details = read_authority(written.settings)
    office = Office(store, rule_book(POLICY), details, working_days(frozenset(details.further_bank_holidays)))
    desk = Desk(office, OFFICE_OPENS)
    told("Loading schools and people", 0, 1)
    Loading(desk, COMMAND_LINE, folder.authority).everything()
    staffing, password = open_accounts(desk, authority.schools["URN"].to_list())
    write_accounts(folder.accounts, staffing, password)
    _run(wish, authority, folder, desk, told)
    told("Verifying the record", 0, 1)
    summary = summary_of(office, wish.until)
    return Demo(office, folder, desk, staffing, password, summary)


def _run(wish: Wish, authority: SyntheticAuthority, folder: DemoFolder, desk: Desk, told: Told) -> None:
    days = tuple(working_days_of(desk.office.working_days, YEAR_BEGINS, wish.until))
    closures = Closures(desk, COMMAND_LINE, folder.returns, authority.closures)
    returns = Returns(desk, COMMAND_LINE, folder.returns, authority)
    for number, day in enumerate(days, start=1):
        desk.begin(day)
        for work in (closures, returns):
            work.day()
        told(f"{day:%B %Y}", number, len(days))
