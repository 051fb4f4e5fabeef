"""Files over HTTP: what is taken, what is refused, and that a body is read no further than its limit."""

import io
import zipfile

import pytest

from attendance.intake.media import DOCX, DocumentNotTaken, media_type_of
from rules.roles import Role
from tests.support import people
from tests.support.office import Desks
from tests.support.people import OTHER_URN, URN

PDF = b"%PDF-1.7\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)
HEADER = "school_urn,upn,date,session,code\n"


def word(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "x")
    return packed.getvalue()


def send(client, path, *, name="letter.pdf", content=PDF, field="file", **query):
    return client.post(f"/api/v1{path}", files={field: (name, content)}, params=query)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (word("word/document.xml"), DOCX),
        ("Zażółć gęślą jaźń.\r\n\tق".encode(), "text/plain"),
    ],
)
def test_the_kind_of_a_document_is_told_by_its_bytes(content, media_type):
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00",
        b"\x00\x01",
        "café".encode("latin-1"),
        b"\xef\xbb\xbf\x1b[31mred",
        b"PK\x03\x04 damaged",
        word("xl/workbook.xml"),
        word("word/document.xml", "word/vbaProject.bin"),
        b"GIF89a\x01",
    ],
)
def test_what_no_office_should_keep_is_not_taken(content):
    with pytest.raises(DocumentNotTaken):
        media_type_of(content)


def test_a_document_is_received_by_the_hash_of_its_bytes_and_read_back(desks):
    client = desks.client(Role.SCHOOL, URN)
    received = send(client, "/documents", name="../../Ada Marsh.pdf")
    digest = received.json()["sha256"]

    assert received.status_code == 200
    assert received.json()["media_type"] == "application/pdf"
    assert client.get(f"/api/v1/documents/{digest}").json()["file_name"] == "Ada Marsh.pdf"
    content = client.get(f"/api/v1/documents/{digest}/content")
    assert content.content == PDF
    assert content.headers["content-disposition"] == "attachment; filename*=UTF-8''Ada%20Marsh.pdf"
    assert desks.client(Role.OFFICER).get(f"/api/v1/documents/{digest}").status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("page.html", b"<script>alert(1)</script>", "page.html.txt"),
        ("run.HTA", b"<script>alert(1)</script>", "run.HTA.txt"),
        ("Notes.TXT", b"plain words", "Notes.TXT"),
        ("invoice.exe", PDF, "invoice.exe.pdf"),
        ("Letter.PDF", PDF, "Letter.PDF"),
    ],
)
def test_a_document_goes_out_by_a_name_that_says_what_it_is(desks, name, content, kept):
    client = desks.client(Role.SCHOOL, URN)
    digest = send(client, "/documents", name=name, content=content).json()["sha256"]

    told = client.get(f"/api/v1/documents/{digest}/content").headers

    assert told["content-disposition"].endswith(f"''{kept}")
    assert told["x-content-type-options"] == "nosniff"
    assert "sandbox" in told["content-security-policy"]


def test_a_school_is_not_told_of_a_document_that_is_not_its_own(desks):
    digest = send(desks.client(Role.SCHOOL, URN), "/documents").json()["sha256"]
    other = desks.client(Role.SCHOOL, OTHER_URN)

    assert other.get(f"/api/v1/documents/{digest}").status_code == 404
    assert other.get(f"/api/v1/documents/{digest}/content").status_code == 404
    assert other.get(f"/api/v1/documents/{'0' * 64}").status_code == 404


def test_a_document_given_as_evidence_is_seen_by_its_school(desks):
    digest = send(desks.client(Role.OFFICER), "/documents").json()["sha256"]
    school = desks.client(Role.SCHOOL, URN)
    assert school.get(f"/api/v1/documents/{digest}").status_code == 404
    support = {
        "pupil_id": 1,
        "school_urn": URN,
        "kind": "home_visit",
        "on": "2025-03-01",
        "response": "taken_up",
        "offered_by": "Head of year",
        "document": digest,
    }

    assert school.post("/api/v1/support/record", json=support).status_code == 404
    assert desks.client(Role.OFFICER).post("/api/v1/support/record", json=support).status_code == 201
    assert school.get(f"/api/v1/documents/{digest}").status_code == 200


def test_a_school_that_knows_the_hash_of_anothers_document_names_it_in_vain(desks):
    digest = send(desks.client(Role.SCHOOL, OTHER_URN), "/documents").json()["sha256"]
    school = desks.client(Role.SCHOOL, URN)
    support = {
        "pupil_id": 1,
        "school_urn": URN,
        "kind": "home_visit",
        "on": "2025-03-01",
        "response": "taken_up",
        "offered_by": "Head of year",
        "document": digest,
    }
    assert school.post("/api/v1/support/record", json=support).status_code == 404
    assert school.get(f"/api/v1/documents/{digest}/content").status_code == 404

    assert send(school, "/documents").json()["sha256"] == digest
    assert school.post("/api/v1/support/record", json=support).status_code == 201
    assert desks.store.examine(None).intact


def test_an_empty_or_unfit_document_is_refused(desks):
    client = desks.client(Role.OFFICER)

    assert send(client, "/documents", content=b"").json()["code"] == "bad_input"
    assert send(client, "/documents", content=b"\x00").json()["code"] == "document_not_taken"
    assert client.post("/api/v1/documents", json={}).status_code == 422


def test_a_body_over_the_limit_is_refused_however_it_is_sent(sqlite_store):
    client = Desks(sqlite_store, upload_limit_bytes=100_000).client(Role.OFFICER)
    boundary = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    kind = {"content-type": "multipart/form-data; boundary=x"}

    declared = send(client, "/documents", content=b"a" * 100_001)
    streamed = client.post("/api/v1/documents", content=iter([boundary, *[b"a" * 60_000] * 2]), headers=kind)

    assert declared.status_code == streamed.status_code == 413
    assert declared.json()["code"] == streamed.json()["code"] == "body_too_large"


def test_a_school_returns_its_register_and_no_others(desks):
    row = f"{URN},{people.upn(1)},2025-03-03,AM,/\n"
    other = f"{OTHER_URN},{people.upn(2)},2025-03-03,AM,/\n"
    client = desks.client(Role.SCHOOL, URN)

    tried = send(client, "/imports/register", field="files", content=HEADER + row, dry_run=True)
    taken = send(client, "/imports/register", field="files", content=HEADER + row)
    again = send(client, "/imports/register", field="files", content=HEADER + row)
    refused = send(client, "/imports/register", field="files", content=HEADER + row + other)

    assert (tried.json()["added"], tried.json()["entry"]) == (1, None)
    assert (taken.json()["added"], taken.json()["schools"]) == (1, [URN])
    assert again.json()["received_before_at_utc"] is not None
    assert refused.status_code == 422
    assert refused.json()["code"] == "files_refused"


def test_a_refused_register_names_every_problem_and_repeats_no_row(desks):
    rows = f"{URN},{people.upn(1)},2025-03-03,AM,//\n{URN},A123,2025-03-03,AM,/\n"
    answer = send(
        desks.client(Role.OFFICER),
        "/imports/register",
        field="files",
        name="march.csv",
        content=HEADER + rows,
    )

    said = answer.json()
    assert answer.status_code == 422
    assert said["problems_in_all"] == len(said["problems"]) == 2
    assert [(item["file"], item["line"]) for item in said["problems"]] == [("march.csv", 2), ("march.csv", 3)]
    assert people.upn(1) not in answer.text
    assert "A123" not in answer.text


def test_two_files_of_one_name_are_told_apart(desks):
    rows = f"{URN},{people.upn(1)},2025-03-03,AM,??\n"
    files = [("files", ("a.csv", HEADER + rows)), ("files", ("a.csv", HEADER + rows.replace("AM", "PM")))]

    answer = desks.client(Role.OFFICER).post("/api/v1/imports/register", files=files)

    assert {item["file"] for item in answer.json()["problems"]} == {"a.csv (1)", "a.csv (2)"}


def test_people_and_calendars_are_imported_by_the_office(desks):
    client = desks.client(Role.OFFICER)
    pupils = "upn,forename,surname,date_of_birth,address,postcode,home_la_code,language\n"
    calendar = f"school_urn,kind,from,to,name\n{URN},inset,2025-03-10,2025-03-10,INSET\n"

    refused = send(client, "/imports/pupils", name="pupils.csv", content=pupils + "A1,Ada,Marsh,,,,,\n")
    taken = send(client, "/imports/calendars", name="calendars.csv", content=calendar)
    unknown = send(client, "/imports/nonsense")

    assert refused.json()["code"] == "files_refused"
    assert taken.json()["added"] == 1, taken.text
    assert unknown.status_code == 422
    assert desks.client(Role.SCHOOL, URN).post("/api/v1/imports/pupils").status_code == 403
