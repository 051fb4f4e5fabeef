"""A pupil's months, letters and record in words: computed facts alone, and plain English."""

from datetime import date

import pytest

from api.pages.presenters.charts import KeyEntry, Said, line_chart
from api.pages.presenters.entries import IN_OTHER_WORDS, entry_event, event_title
from api.pages.presenters.pupils import identity
from api.pages.presenters.trend import trend_shown
from attendance.domain.record.casework_events import CASEWORK_EVENTS
from attendance.domain.record.events import EVENTS
from attendance.services.reading.pupils import PupilSeen
from attendance.services.reading.register import MonthCounted
from attendance.services.reading.trend import SchoolTrend
from attendance.store.queries.record import EntryLine
from rules.roles import Role
from rules.stages import Counts

MARCH = date(2025, 3, 14)


def month(number, attended, missed):
    year = 2024 if number > 8 else 2025
    return MonthCounted(date(year, number, 1), Counts(attended, 0, missed))


def shown(*months, on=MARCH):
    return trend_shown(SchoolTrend("900001", on, months), "Mill Lane School")


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([], "No session is counted yet this year."),
        ([month(9, 0, 0)], "No session is counted yet this year."),
        ([month(9, 24, 1)], "Attendance was 96.0% in September, the only month that is counted yet."),
        (
            [month(9, 24, 1), month(2, 13, 3)],
            "Attendance fell from 96.0% in September to 81.3% in February.",
        ),
        (
            [month(9, 24, 1), month(10, 1, 9), month(3, 13, 3)],
            (
                "Attendance fell from 96.0% in September to 81.3% in March so far. "
                "It was lowest in October, at 10.0%."
            ),
        ),
        (
            [month(9, 1, 1), month(10, 0, 0), month(2, 1, 0)],
            "Attendance rose from 50.0% in September to 100.0% in February.",
        ),
        (
            [month(9, 1, 0), month(10, 3, 1), month(2, 2, 0)],
            "Attendance was 100.0% both in September and in February. It was lowest in October, at 75.0%.",
        ),
        (
            [month(9, 1999, 1001), month(2, 1998, 1002)],
            "Attendance was 66.6% both in September and in February.",
        ),
    ],
)
def test_a_trend_is_said_in_one_plain_sentence(months, said):
    assert shown(*months).sentence == said


def test_a_month_that_is_over_today_is_not_said_to_go_on():
    assert shown(month(9, 1, 1), month(3, 1, 0), on=date(2025, 3, 31)).sentence.endswith("in March.")


def test_the_chart_of_a_trend_says_the_same_numbers_as_its_table():
    found = shown(month(9, 24, 1), month(10, 13, 3), month(11, 8, 0))
    (line,) = found.chart.lines
    assert [point.text for point in line.points] == ["96.0", "81.3", "100"]
    assert [row[1].text for row in found.table.rows] == ["100.0%", "81.3%", "96.0%"]
    assert [row[2].text for row in found.table.rows] == ["8", "16", "25"]
    assert found.sentence in found.chart.description


def test_one_month_makes_a_table_and_no_chart():
    found = shown(month(9, 24, 1))
    assert found.chart is None
    assert len(found.table.rows) == 1


@pytest.mark.parametrize("shares", [[(8, 8), (5, 5)], [(0, 8), (0, 5)], [(0, 1), (1, 1)], [(97, 100)], []])
def test_a_line_stays_on_its_drawing_whatever_the_shares(shares):
    key = (KeyEntry("first", "Attendance"),)
    across = ["Sep"] * len(shares)
    for from_nothing in (True, False):
        chart = line_chart(Said("x", "x", "x"), key, across, [shares], from_nothing=from_nothing)
        ticks = [tick.at for tick in chart.up]
        assert all(min(ticks) <= point.y <= max(ticks) for point in chart.lines[0].points)
        assert all(0 < point.text_y < chart.height for point in chart.lines[0].points)
        assert chart.from_nothing == (chart.up[0].text == "0%")


def test_what_is_written_in_a_valley_stands_below_it():
    chart = line_chart(
        Said("x", "x", "x"), (KeyEntry("first", "x"),), "abc", [[(1, 1), (1, 2), (1, 1)]], from_nothing=False
    )
    assert [point.text_y > point.y for point in chart.lines[0].points] == [False, True, False]


@pytest.mark.parametrize("name", [event.name for event in CASEWORK_EVENTS])
def test_every_event_of_the_casework_has_a_title_in_plain_english(name):
    title = event_title(name)
    assert title[0].isupper()
    assert not set("._") & set(title)
    assert len(title.split()) > 1


def test_only_events_that_there_are_are_said_in_other_words():
    assert set(IN_OTHER_WORDS) <= set(EVENTS)
    assert event_title("penalty_notice.issued") == "Penalty Notice issued"
    assert event_title("notice_to_improve.ended_early") == "Notice to Improve ended early"
    assert event_title("something_new.happened_here") == "Something new happened here"


def entry(event, payload, *, on="2025-03-14", intact=True):
    return EntryLine(
        seq=7,
        at_utc=f"{on}T12:00:00.000000Z",
        on_day=on,
        actor="officer.one",
        role="senior_officer",
        event=event,
        school_urn="900001",
        step="penalty_notice",
        step_id=3,
        payload=payload,
        previous_hash="",
        hash="",
        intact=intact,
    )


def test_an_entry_says_days_sums_and_references_and_neither_reasons_nor_hashes():
    said = {
        "reference": "PN-2025-000003",
        "state": "issued",
        "letters": ["LT-2025-000009"],
        "documents": ["0" * 64],
        "decision": "1" * 64,
        "reasons": [{"code": "best_tool", "hash": "2" * 64}],
        "from": "2025-01-06",
        "until": "2025-01-10",
        "method": "first_class_post",
        "posting_on": "2025-03-14",
        "received_on": "2025-03-18",
        "reduced": 8000,
        "full": 16000,
        "payable_until": "2025-04-14",
    }
    found = entry_event(entry("penalty_notice.issued", said), where="Mill Lane School")
    assert found.title == "Penalty Notice issued"
    assert found.who == "officer.one, senior officer, Mill Lane School"
    assert found.when == "14 March 2025"
    assert found.sentences == (
        (
            "Absence: 6 January 2025 to 10 January 2025; Counts as received: 18 March 2025; "
            "How: First class post; Posting: 14 March 2025; Reduced sum: £80; Full sum: £160; "
            "To be paid until: 14 April 2025."
        ),
    )
    assert [(one.text, one.href) for one in found.links] == [
        ("PN-2025-000003", "/penalty-notices/PN-2025-000003"),
        ("LT-2025-000009", "/letters/LT-2025-000009"),
    ]


def test_an_entry_about_something_without_a_page_still_names_it():
    said = {"reference": "SU-2025-000001", "state": "taken_up", "kind": "home_visit", "day": "2025-03-10"}
    found = entry_event(entry("support.recorded", said))
    assert found.title == "Support recorded"
    assert found.sentences == (
        "SU-2025-000001",
        "Offer: taken up; On: 10 March 2025; Kind: Home visit.",
    )
    assert found.links == ()


def test_an_entry_that_is_not_as_it_was_written_says_so_first():
    found = entry_event(entry("case.opened", {"reference": "C-2025-000001", "state": "open"}, intact=False))
    assert found.sentences[0].startswith("This entry is not as it was written.")


def test_no_count_is_left_out_because_it_is_nothing():
    said = {"reference": "NTI-2025-000001", "state": "improved", "sessions": 0, "target": 3}
    found = entry_event(entry("notice_to_improve.found_improved", said))
    assert found.sentences == ("Unauthorised sessions: 0; Target, at most: 3.",)


def tabs(role, tab):
    """The tabs that a role sees above the page of a pupil on no roll."""
    pupil = PupilSeen(1, "Z1", "Ada", "Marsh", MARCH, flags=(), enrolments=())
    return identity(pupil, {}, MARCH, tab=tab, role=role).tabs


def test_a_tab_is_shown_to_whoever_may_open_it():
    assert "Timeline" in [tab.text for tab in tabs(Role.LEGAL, "")]
    assert "Timeline" not in [tab.text for tab in tabs(Role.SCHOOL, "papers")]
    assert [tab.text for tab in tabs(Role.SCHOOL, "papers") if tab.current] == ["Letters and evidence"]
