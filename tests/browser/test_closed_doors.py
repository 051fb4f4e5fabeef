"""A school tries what is not its own, in a browser; tests/api/test_closed_doors.py tries every route."""

from tests.support import stories
from tests.support.pages import TODAY

WAYS = (
    "/pupils/1",
    "/pupils/1/register",
    "/schools/900001",
    "/cases/C-2024-000001",
    "/cases/C-2024-000001/record",
    "/penalty-notices/PN-2024-000001",
    "/letters/LT-2024-000001",
    "/letters/LT-2024-000001/pdf",
    "/acts/support.record?pupil_id=1",
    "/acts/penalty_notice.withdraw?reference=PN-2024-000001",
    "/payments",
    "/record",
    "/access-log",
)


def test_a_school_finds_nothing_that_is_not_its_own(at_desk):
    school = at_desk(stories.issued, TODAY).sign_in("school.two")
    assert "Nothing is due" in school.words
    school.find("Marsh")
    assert "Nobody was found" in school.words
    for path in WAYS:
        assert school.open(path).status in {403, 404}, path
        assert school.title in {"Page not found", "Not allowed"}, (path, school.title)
        assert "Ada" not in school.words
        assert school.page.get_by_role("link", name="Go to your work").is_visible()
