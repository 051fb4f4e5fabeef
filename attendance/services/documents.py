"""Receiving documents: evidence, replies and signed papers, kept by the hash of their bytes.

- A document is received once; the same bytes again change nothing and give the same hash. Where they came
  from somebody else before, it is recorded that this account gave them, too.
- Receiving one says nothing about any matter yet: an act then names it by its hash.
"""

from hashlib import sha256

from attendance.domain.errors import BadInput, NotAllowed, NotFound
from attendance.domain.moment import Actor, Moment
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue
from attendance.intake.media import fitting_name
from attendance.services.acts import SCHOOLS_AND_OFFICERS
from attendance.store.documents import Documents
from attendance.store.queries.documents import may_see_document
from attendance.store.unit_of_work import Store


def receive_document(
    store: Store, content: bytes, *, media_type: str, file_name: str, actor: Actor, moment: Moment
) -> str:
    """Keep a document and return its SHA-256 in hexadecimal.

    Raises `NotAllowed` for roles that give no documents, `BadInput` for an empty one.
    """
    if actor.role not in SCHOOLS_AND_OFFICERS:
        raise NotAllowed("Documents are given by schools and received by the attendance office.")
    if not content:
        raise BadInput("The document is empty. Choose the file again.", field="document")
    digest = sha256(content).hexdigest()
    if _has(store, actor, digest):
        return digest
    with store.act(actor, moment) as act:
        act.keep(content, media_type=media_type, file_name=fitting_name(file_name, media_type))
        said: dict[str, PayloadValue] = {"document": digest}
        if actor.schools:
            said["schools"] = tuple(sorted(actor.schools))
        act.record("document.received", subject=Subject(), payload=said)
    return digest


def _has(store: Store, actor: Actor, digest: str) -> bool:
    with store.read() as session:
        if not may_see_document(session, actor, digest):
            return False
        try:
            Documents(session).get(digest)
        except NotFound:
            return False
        return True
