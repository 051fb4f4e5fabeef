"""Officers work off the due list: each duty by the act that clears it, on a day that suits it.

- Work that has just come up waits for the next day; what has a day of its own is done on that day.
- One officer is away in the last weeks: a few of his cases are handed over, the rest of his work falls due.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from attendance.demo.year.officers.cases import Cases
from attendance.demo.year.officers.deciding import Deciding
from attendance.demo.year.officers.improving import Improving
from attendance.demo.year.officers.mailing import Mailing
from attendance.demo.year.officers.requests import Requests
from attendance.demo.year.officers.settling import Settling
from attendance.demo.year.officers.unpaid import Unpaid
from attendance.demo.year.scene import ONE_DAY, Scene
from attendance.domain.moment import Actor
from attendance.store.tables.cases import CaseRow, DutyRow
from rules.roles import Role

RELEASE = "release_letter"
AWAY = timedelta(days=25)
HANDED_OVER = 2

Handler = Callable[[DutyRow, Actor], None]


@dataclass(frozen=True, slots=True)
class Way:
    """How a duty is worked off: by what, when due only, and after how many days at least."""

    by: Handler
    when_due: bool = False
    after: timedelta = ONE_DAY


@dataclass(slots=True)
class Officers:
    """The office at its work."""

    scene: Scene
    deciding: Deciding
    improving: Improving
    mailing: Mailing
    requests: Requests
    settling: Settling
    unpaid: Unpaid
    cases: Cases
    _ways: Mapping[str, Way] = field(default_factory=dict)

    def __post_init__(self) -> None:
        now = timedelta()
        self._ways = {
            "decide_review": Way(self.settling.review),
            "decide_request": Way(self.requests.decide),
            "decide_notice": Way(self.deciding.after_request),
            "decide_next_step": Way(self.deciding.after_improvement),
            "prepare_letter": Way(self.mailing.prepare),
            "resolve_hold": Way(self.mailing.prepare),
            "serve_again": Way(self.mailing.prepare, after=timedelta(days=4)),
            "review_period": Way(self.improving.review, when_due=True, after=now),
            "settle_money": Way(self.settling.money),
            "pay_refund": Way(self.settling.refund, after=timedelta(days=3)),
            "record_end_of_payment": Way(self.unpaid.end, when_due=True, after=now),
            "message_school": Way(self.unpaid.message_school),
            "record_silence": Way(self.unpaid.record_silence, when_due=True, after=now),
            "decide_unpaid": Way(self.unpaid.decide, after=timedelta(days=3)),
            "hand_over": Way(self.unpaid.hand_over),
            "answer_representations": Way(self.settling.representation, after=timedelta(days=4)),
        }

    def day(self) -> None:
        """Work off what is ready, then let the day's letters go."""
        if self.scene.on >= self.scene.until - AWAY:
            self._hand_over_cases()
        duties = self.scene.desk.rows(DutyRow, cleared_on=None)
        mine = [duty for duty in duties if duty.owner_role != Role.SCHOOL.value]
        for code, way in self._ways.items():
            for duty in mine:
                if duty.code == code and self._is_ready(duty, way) and self._is_still_open(duty):
                    way.by(duty, self._officer(duty))
        self.improving.day()
        self.mailing.post(tuple(self._going()))
        self.cases.day()

    def _is_ready(self, duty: DutyRow, way: Way) -> bool:
        if self._is_away(duty.owner):
            return False
        if way.when_due and self.scene.on < duty.due_on:
            return False
        return self.scene.on >= duty.opened_on + way.after

    def _is_still_open(self, duty: DutyRow) -> bool:
        return bool(self.scene.desk.rows(DutyRow, id=duty.id, cleared_on=None))

    def _going(self) -> list[tuple[DutyRow, Actor]]:
        duties = self.scene.desk.rows(DutyRow, code=RELEASE, cleared_on=None)
        return [
            (duty, self._officer(duty))
            for duty in duties
            if duty.due_on <= self.scene.on and not self._is_away(duty.owner)
        ]

    def _officer(self, duty: DutyRow) -> Actor:
        return self.scene.staffing.officer(duty.owner)

    @property
    def _leaver(self) -> str:
        return tuple(self.scene.staffing.officers)[-1]

    def _is_away(self, account: str) -> bool:
        return account == self._leaver and self.scene.on >= self.scene.until - AWAY

    def _hand_over_cases(self) -> None:
        if self.scene.desk.done["case.assign"]:
            return
        colleague = next(iter(self.scene.staffing.officers))
        for case in self.scene.desk.rows(CaseRow, state="open", officer=self._leaver)[:HANDED_OVER]:
            fields = {"reference": case.reference, "officer": colleague}
            self.scene.desk.do("case.assign", self.scene.staffing.senior, fields)
