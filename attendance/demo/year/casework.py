"""Everybody who works in the demo, put together: in which order people get to their work each day."""

from datetime import timedelta
from pathlib import Path

from attendance.demo.authority import SyntheticAuthority
from attendance.demo.year.calendar_of_work import Work
from attendance.demo.year.chance import Chance
from attendance.demo.year.desk import Desk
from attendance.demo.year.officers.cases import Cases
from attendance.demo.year.officers.deciding import Deciding
from attendance.demo.year.officers.improving import Improving
from attendance.demo.year.officers.mailing import Mailing
from attendance.demo.year.officers.proposing import Proposing
from attendance.demo.year.officers.requests import Requests
from attendance.demo.year.officers.settling import Settling
from attendance.demo.year.officers.unpaid import Unpaid
from attendance.demo.year.officers.working import Officers
from attendance.demo.year.parents import Parents
from attendance.demo.year.post import Post
from attendance.demo.year.registers import Closures, Returns
from attendance.demo.year.scene import Scene
from attendance.demo.year.schools.answering import Answering
from attendance.demo.year.schools.asking import Asking
from attendance.demo.year.schools.leaves import leaves_of
from attendance.demo.year.schools.supporting import Supporting
from attendance.demo.year.schools.watching import Watching
from attendance.demo.year.staffing import Staffing
from attendance.demo.year.stories import scripted_stories
from attendance.demo.year.wish import YEAR_BEGINS, Wish
from attendance.services.accounts import COMMAND_LINE

INDEPENDENT = "Other independent school"
OPENS_FROM = YEAR_BEGINS + timedelta(days=60)


def everybody(
    wish: Wish, authority: SyntheticAuthority, desk: Desk, staffing: Staffing, folder: Path
) -> tuple[Work, ...]:
    """Return everybody's work in the order of a day; `folder` is for the files that come in."""
    folder.mkdir(parents=True, exist_ok=True)
    stories = scripted_stories(desk, authority)
    scene = Scene(desk, staffing, stories, Chance(wish.seed), wish.until)
    telephones = dict(authority.schools.select("URN", "TelephoneNum").iter_rows())
    supporting = Supporting(scene, telephones)
    parents = Parents(scene)
    return (
        Closures(desk, COMMAND_LINE, folder, authority.closures, scene.calendars_changed),
        Post(scene, authority, folder),
        parents,
        leaves_of(scene, authority),
        _watching(wish, authority, scene, supporting),
        Answering(scene, supporting),
        _officers(scene, parents),
        Returns(desk, COMMAND_LINE, folder, authority),
    )


def _watching(wish: Wish, authority: SyntheticAuthority, scene: Scene, supporting: Supporting) -> Watching:
    types = authority.schools.select("URN", "TypeOfEstablishment (name)").iter_rows()
    return Watching(
        scene=scene,
        supporting=supporting,
        asking=Asking(scene, supporting),
        begins=YEAR_BEGINS,
        cases=wish.cases,
        left_out=frozenset(urn for urn, kind in types if kind == INDEPENDENT),
    )


def _officers(scene: Scene, parents: Parents) -> Officers:
    return Officers(
        scene=scene,
        deciding=Deciding(scene, Proposing(scene)),
        improving=Improving(scene),
        mailing=Mailing(scene),
        requests=Requests(scene),
        settling=Settling(scene, parents.meant),
        unpaid=Unpaid(scene),
        cases=Cases(scene, OPENS_FROM),
    )
