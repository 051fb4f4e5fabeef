"""Pictures of the main pages for README and the docs, taken from the demo: `make pictures` keeps them.

Run as a program it writes them into docs/pictures; a test takes them elsewhere, so that a page which is gone,
or grew too heavy to show, fails without a pixel being compared.
"""

import shutil
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright
from sqlalchemy import select

from api.app import create_app
from api.pages.front import Front
from attendance.demo.authority.places import MAIL_DOMAIN
from attendance.demo.authority.staff import SENIOR_OFFICER_EMAIL
from attendance.demo.year.staffing import AUDITOR
from attendance.demo.year.wish import TODAY
from attendance.domain.moment import Moment
from attendance.services.office import Office
from attendance.store.tables.cases import DutyRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from tests.support.browser import ARGUMENTS, ROOT, chromium, served
from tests.support.demo import make_year, office_in
from tests.support.hands import session_of

KEPT = ROOT / "docs/pictures"
LARGEST_BYTES = 200_000
SIZE = {"width": 1080, "height": 860}


@dataclass(frozen=True)
class Picture:
    """One picture: its file, who looks, at which page, and from which heading on; {…} is filled in."""

    name: str
    account: str
    path: str
    heading: str = ""


PICTURES = (
    Picture("officer-home", "{officer}", "/"),
    Picture("pupil", "{officer}", "/pupils/{pupil}"),
    Picture("register", "{officer}", "/pupils/{pupil}/register", "Each day of the year"),
    Picture("notice", "{officer}", "/penalty-notices/{notice}"),
    Picture("school-home", "{school}", "/"),
    Picture("record", AUDITOR, "/record?examine=yes"),
    Picture("city", SENIOR_OFFICER_EMAIL, "/figures"),
)


@dataclass(frozen=True)
class Shown:
    """The world of the pictures: what its application is served from."""

    office: Office
    moment: Moment

    @property
    def store(self):
        """The store."""
        return self.office.store


@contextmanager
def demo_shown(made, folder):
    """Open a copy of a demo on its last day, in a folder that is not there yet."""
    shutil.copytree(made, folder)
    office = office_in(folder)
    at_noon = Moment(datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC), TODAY)
    yield Shown(office, at_noon)
    office.store.close()


def parts_of(shown):
    """Return what stands in the pictures: a notice whose days run, a pupil, and who works with them."""
    with shown.store.read() as session:
        notices = session.scalars(select(PenaltyNoticeRow).where(PenaltyNoticeRow.state == "issued"))
        notice = max(notices, key=lambda row: row.first_limit_on)
        warned = session.scalars(select(NoticeToImproveRow).order_by(NoticeToImproveRow.id.desc())).first()
        owner = session.scalars(select(DutyRow.owner).where(DutyRow.subject_reference == notice.reference))
        return {
            "notice": notice.reference,
            "pupil": warned.pupil_id,
            "officer": owner.first(),
            "school": f"attendance@school-{warned.school_urn}.{MAIL_DOMAIN}",
        }


def take(browser, shown, into):
    """Take every picture; return the files."""
    known = parts_of(shown)
    app = create_app(shown.office, clock=lambda: shown.moment, front=Front(https=False))
    with served(app) as site:
        return [_taken(browser, shown, site, _filled(one, known), into) for one in PICTURES]


def _filled(one, known):
    return replace(one, account=one.account.format(**known), path=one.path.format(**known))


def _taken(browser, shown, site, one, into):
    context = browser.new_context(viewport=SIZE, base_url=site)
    context.add_cookies([session_of(shown, one.account, site, shown.moment)])
    page = context.new_page()
    answer = page.goto(one.path)
    assert answer.status == 200, one
    if one.heading:
        top = page.get_by_role("heading", name=one.heading).bounding_box()["y"] - 20
        page.evaluate("top => window.scrollTo(0, top)", top)
    file = into / f"{one.name}.png"
    page.screenshot(path=file)
    context.close()
    return file


def main():
    """Make the demo and write the pictures."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        make_year(folder).store.close()
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        with demo_shown(folder / "demo-year", folder / "shown") as shown:
            for file in take(browser, shown, KEPT):
                sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes\n")
        browser.close()


if __name__ == "__main__":
    main()
