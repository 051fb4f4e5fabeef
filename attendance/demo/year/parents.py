"""What parents do: they pay, early, late, too little, twice; and they write to the office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.demo.year import papers
from attendance.demo.year.plans import Pays
from attendance.demo.year.scene import ONE_DAY, Scene
from attendance.demo.year.texts import SAID
from attendance.domain.moment import Actor
from attendance.store.tables.notices import PenaltyNoticeRow

WRITES_AFTER = timedelta(days=6)
ASKS_AFTER = timedelta(days=5)
SWAPPED = "The payer gave the number of the other parent's notice; the statement shows who paid."
STRAY, STRAY_PENCE, STRAY_BEFORE_THE_END = "SCHOOL DINNERS", 4_350, timedelta(days=24)
SOON, WEEK = timedelta(days=6), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Money:
    """Money on its way: for which notice, when it arrives, how much, and the reference given.

    `swapped` says that it comes with the number of the other parent's notice, where there is one.
    """

    notice: str
    arrives_on: date
    pence: int
    reference: str
    swapped: bool = False


@dataclass(slots=True)
class Parents:
    """Parents who have been sent a penalty notice.

    `meant` holds, by transaction, the notice that misdirected money was meant for.
    """

    scene: Scene
    meant: dict[str, str] = field(default_factory=dict)
    _coming: list[Money] = field(default_factory=list)
    _swapped: list[tuple[date, str, str]] = field(default_factory=list)
    _seen: set[tuple[str, date]] = field(default_factory=set)
    _written: set[str] = field(default_factory=set)

    def day(self) -> None:
        """Let money arrive that was sent, and letters that were written."""
        for notice in self.scene.desk.rows(PenaltyNoticeRow, state="issued"):
            received = notice.received_on
            if received is not None and (notice.reference, received) not in self._seen:
                self._seen.add((notice.reference, received))
                self._coming += self._pays(notice)
            self._writes(notice)
        self._stray()
        arrived = [money for money in self._coming if money.arrives_on <= self.scene.on]
        self._coming = [money for money in self._coming if money not in arrived]
        for money in arrived:
            self._arrives(money)
        self._ask_after_swapped()

    def _ask_after_swapped(self) -> None:
        """Let parents ask what became of money that stands with the other parent's notice."""
        asked = [one for one in self._swapped if one[0] <= self.scene.on]
        self._swapped = [one for one in self._swapped if one not in asked]
        for _, payment, meant in asked:
            fields = {"reference": payment, "notice": meant, "why": SWAPPED}
            self.scene.desk.do("payment.rematch", self._cashier(), fields)

    def _stray(self) -> None:
        """Let money come in that has nothing to do with any notice, late in the year."""
        if self.scene.on < self.scene.until - STRAY_BEFORE_THE_END or STRAY in self._written:
            return
        self._written.add(STRAY)
        fields = {
            "pence": STRAY_PENCE,
            "received_on": self.scene.on,
            "paid_with_reference": STRAY,
            "transaction": f"BANK-{STRAY}",
        }
        self.scene.desk.do("payment.receive", self._cashier(), fields)

    def _cashier(self) -> Actor:
        return next(iter(self.scene.staffing.officers.values()))

    def _arrives(self, money: Money) -> None:
        notice = self.scene.desk.row(PenaltyNoticeRow, money.notice)
        if notice.state in {"withdrawn", "returned"}:
            return  # the parent has been told that nothing is to be paid now
        transaction = f"BANK-{money.notice}-{money.arrives_on:%m%d}"
        others = self._of_the_other_parent(notice) if money.swapped else ()
        if money.reference != money.notice:
            self.meant[transaction] = money.notice
        fields = {
            "pence": money.pence,
            "received_on": money.arrives_on,
            "paid_with_reference": others[0] if others else money.reference,
            "transaction": transaction,
        }
        done = self.scene.desk.do("payment.receive", self._cashier(), fields)
        if others:
            self._swapped.append((money.arrives_on + ASKS_AFTER, done.reference, money.notice))

    def _of_the_other_parent(self, notice: PenaltyNoticeRow) -> tuple[str, ...]:
        rows = self.scene.desk.rows(PenaltyNoticeRow, pupil_id=notice.pupil_id, state="issued")
        return tuple(row.reference for row in rows if row.adult_id != notice.adult_id and row.received_on)

    def _pays(self, notice: PenaltyNoticeRow) -> Iterator[Money]:
        _, asked = self.scene.story_of(notice)
        pays = asked.episode.pays_of(asked.place_of(notice.adult_id))
        reference = f"FINE {notice.issued_on:%d%m}" if pays is Pays.MISDIRECTED else notice.reference
        for arrives_on, pence in self._sums(notice, pays):
            yield Money(notice.reference, arrives_on, pence, reference, swapped=pays is Pays.SWAPPED)

    def _sums(self, notice: PenaltyNoticeRow, pays: Pays) -> Iterator[tuple[date, int]]:
        assert notice.received_on is not None
        assert notice.payable_until is not None
        received, last, whole = notice.received_on, notice.payable_until, notice.full_pence
        lower, lower_until = notice.reduced_pence or whole, notice.reduced_until or last - WEEK
        soon, some = received + SOON, timedelta(days=self._draw(notice))
        arriving: Mapping[Pays, tuple[tuple[date, int], ...]] = {
            Pays.EARLY: ((soon + some, lower),),
            Pays.MISDIRECTED: ((soon + some, lower),),
            Pays.SWAPPED: ((soon + some, lower),),
            Pays.LATE: ((lower_until + some, whole),),
            Pays.WHOLE: ((soon, whole),),
            Pays.SHORT: ((lower_until + ONE_DAY, lower), (last - ONE_DAY, whole - lower)),
            Pays.PART: ((soon, lower // 2),),
            Pays.TWICE: ((soon, lower), (soon + ONE_DAY, lower)),
            Pays.OVER: ((soon, lower + lower // 4),),
            Pays.AFTER: ((last + SOON, whole),),
            Pays.NEVER: (),
        }
        yield from arriving[pays]

    def _draw(self, notice: PenaltyNoticeRow) -> int:
        return self.scene.chance.whole(1, 6, notice.reference, "pays")

    def _writes(self, notice: PenaltyNoticeRow) -> None:
        story, asked = self.scene.story_of(notice)
        says = asked.episode.says
        first = asked.place_of(notice.adult_id) == 0
        if not says or not first or notice.reference in self._written or notice.received_on is None:
            return
        if self.scene.on < notice.received_on + WRITES_AFTER:
            return
        self._written.add(notice.reference)
        on = self.scene.on
        content = papers.representation(notice.reference, SAID[says], on)
        name = f"letter-about-{story.forename}.txt"
        document = self.scene.desk.receive(self._cashier(), content, papers.TEXT, name)
        fields = {
            "reference": notice.reference,
            "adult_id": notice.adult_id,
            "received_on": on,
            "said": SAID[says],
            "document": document,
        }
        self.scene.desk.do("representation.receive", self._cashier(), fields)
