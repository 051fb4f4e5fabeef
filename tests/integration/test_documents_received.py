"""Documents are received once, by those who give them, and are known by the hash of their bytes."""

from hashlib import sha256

import pytest

from attendance.domain.errors import BadInput, NotAllowed
from attendance.domain.moment import Actor
from attendance.services.documents import receive_document
from attendance.store.documents import Documents
from rules.roles import Role
from tests.support.world import START, at

LETTER = b"%PDF-1.7 a letter"


def give(store, actor, content=LETTER, hour=9):
    return receive_document(
        store,
        content,
        media_type="application/pdf",
        file_name="letter.pdf",
        actor=actor,
        moment=at(START, hour),
    )


def test_a_school_s_document_is_kept_as_it_came(store):
    digest = give(store, Actor("school", Role.SCHOOL, frozenset({"900001"})))
    with store.read() as session:
        kept = Documents(session).get(digest)
    assert digest == sha256(LETTER).hexdigest()
    assert (kept.content, kept.media_type, kept.file_name) == (LETTER, "application/pdf", "letter.pdf")
    assert store.examine(None).intact


def test_the_same_bytes_again_change_nothing(store):
    officer = Actor("officer", Role.OFFICER)
    first = give(store, officer)
    sealed = store.head.read_bytes()
    assert give(store, officer, hour=11) == first
    assert store.head.read_bytes() == sealed


def test_an_empty_document_is_refused(store):
    with pytest.raises(BadInput, match="empty"):
        give(store, Actor("officer", Role.OFFICER), b"")


@pytest.mark.parametrize("role", [Role.LEGAL, Role.AUDITOR, Role.JOB])
def test_who_only_reads_gives_no_documents(store, role):
    with pytest.raises(NotAllowed):
        give(store, Actor("reader", role))
