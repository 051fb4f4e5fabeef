"""One act, one transaction, one entry of the record.

- `Store.act` takes the lock on the end of the record before anything is read, so that what an act decides on
  cannot change before it is committed.
- Leaving it without exactly one entry is refused; an exception undoes everything.
- Nothing outside the database is touched before the commit; the signed head is written right after it.
- What is no act, who is signed in and who read what, is written through `Store.note`, and nothing else is.
- Nothing else commits: a session handed out here refuses to.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from attendance.domain.moment import Actor, Moment, utc_text
from attendance.domain.record.chain import CHECKPOINT_EVERY, START, End
from attendance.domain.record.entry import Entry, Subject
from attendance.domain.record.errors import NothingRecorded, RecordedTwice
from attendance.domain.record.events import event_named
from attendance.domain.record.payload import Payload
from attendance.domain.record.seal import Seal, public_key_of, sign
from attendance.store import keys, migrations, triggers
from attendance.store import record as rows
from attendance.store.comparison import differences
from attendance.store.documents import Documents
from attendance.store.engine import Engines, as_stored, database_file, database_url, open_engines
from attendance.store.errors import (
    CommitOutsideTheStore,
    NotForNotes,
    StoreNotPrepared,
    WrittenAfterItsEntry,
)
from attendance.store.examination import Examination
from attendance.store.reasons import Reasons
from attendance.store.register_digest import altered
from attendance.store.tables.access import AccessRow, SignInRow, WebSessionRow
from attendance.store.wrote import Wrote

_LOG = logging.getLogger(__name__)

NOTES = (AccessRow, SignInRow, WebSessionRow)
"""What may be written without an act: it belongs to coming in and reading, not to the casework."""


class StoreSession(Session):
    """A session whose transaction belongs to the store."""

    def commit(self) -> None:
        """Refuse."""
        raise CommitOutsideTheStore

    def rollback(self) -> None:
        """Refuse."""
        raise CommitOutsideTheStore


class OpenAct:
    """One act while it is being done. `session` is for repositories, `seq` the number its entry will have."""

    def __init__(
        self, session: Session, actor: Actor, moment: Moment, before: End, wrote: Wrote | None = None
    ) -> None:
        self.session = session
        self.actor = actor
        self.moment = moment
        self.documents = Documents(session)
        self.reasons = Reasons(session)
        self._before = before
        self._wrote = wrote
        self._entry: Entry | None = None

    @property
    def seq(self) -> int:
        """The number that this act's entry has in the record."""
        return self._before.seq + 1

    def keep(self, content: bytes, *, media_type: str, file_name: str) -> str:
        """Keep a document received or made in this act and return its SHA-256 in hexadecimal."""
        return self.documents.keep(
            content, media_type=media_type, file_name=file_name, at_utc=self.moment.at_utc
        )

    def record(self, event: str, *, subject: Subject, payload: Payload) -> int:
        """Write this act's one entry and return its number.

        Raises:
            RecordedTwice: The act has its entry already.
            UnknownEvent: No event of that name is registered.
            PayloadInvalid: A field is missing, unknown or of another kind.
        """
        if self._entry is not None:
            raise RecordedTwice(self._entry.event, event)
        text = event_named(event).write(payload)
        self.session.flush()
        self._entry = self._chained(event, subject, text)
        rows.append(self.session, self._entry)
        return self._entry.seq

    def end(self) -> End:
        """Return where the record ends with this act; raises `NothingRecorded`."""
        if self._entry is None:
            raise NothingRecorded
        self.session.flush()
        if self._wrote is not None and self._wrote.anything:
            raise WrittenAfterItsEntry
        return End(self._entry.seq, self._entry.hash)

    def _chained(self, event: str, subject: Subject, payload: str) -> Entry:
        entry = Entry(
            seq=self.seq,
            at_utc=utc_text(self.moment.at_utc),
            on_day=self.moment.on.isoformat(),
            actor=self.actor.account,
            role=self.actor.role.value,
            person_id=self.actor.person,
            event=event,
            case_id=subject.case,
            pupil_id=subject.pupil,
            adult_id=subject.adult,
            school_urn=subject.school,
            step=subject.step,
            step_id=subject.step_id,
            payload=payload,
            wrote=None if self._wrote is None else self._wrote.text(),
            previous_hash=self._before.hash,
        )
        return entry.hashed()


class Store:
    """A case store: a database, its signing key and the file that holds the signed head of its record."""

    def __init__(
        self,
        url: str,
        folder: Path,
        *,
        head: Path | None,
        engines: Engines,
        key: Ed25519PrivateKey,
        lasting: bool = True,
    ) -> None:
        self._engines = engines
        self._key = key
        self._lasting = lasting
        self._rows_secret = keys.derived(key, "rows of the tables")
        self.url = url
        self.folder = folder
        self.head = head or folder / keys.HEAD_FILE

    @classmethod
    def create(cls, url: str, folder: Path, *, head: Path | None = None, lasting: bool = True) -> "Store":
        """Make or bring up the tables and triggers, and the signing key if there is none; return the store.

        Args:
            url: The database.
            folder: Where the signing key is kept.
            head: The file for the signed head; by default in the folder.
            lasting: Whether an act waits until it is on the disk. A store for a demonstration need not: a
                power cut may then lose it, a killed process still leaves no half act.
        """
        file = database_file(database_url(url))
        if file is not None:
            keys.make_folder(file.parent)
            keys.make_private(file)
        engines = open_engines(database_url(url), lasting=lasting)
        with _disposed_on_failure(engines), engines.writer.begin() as connection:
            migrations.bring_up(connection)
            rows.begin_record(connection, START)
        key = keys.ensure_key(folder)
        return cls(url, folder, head=head, engines=engines, key=key, lasting=lasting)

    @classmethod
    def open(cls, url: str, folder: Path, *, head: Path | None = None, damaged: bool = False) -> "Store":
        """Return the store, ready for use; with `damaged`, also where triggers are missing, to examine it.

        Raises:
            StoreNotPrepared: There is no store, it is of another version, or its key is missing.
            StoreOfAnotherBuild: What made its tables is not what this build would make them with.
            TriggersMissing: What guards its tables is not all there.
        """
        file = database_file(database_url(url))
        if file is not None and not file.is_file():
            raise StoreNotPrepared(f"There is no store at {file}. Run `attendance init` first.")
        key = keys.read_key(folder)
        engines = open_engines(database_url(url))
        with _disposed_on_failure(engines), engines.reader.begin() as connection:
            _refuse_other_version(connection)
            if not damaged:
                triggers.check(connection)
        return cls(url, folder, head=head, engines=engines, key=key)

    @contextmanager
    def act(self, actor: Actor, moment: Moment) -> Iterator[OpenAct]:
        """Do one act: everything done inside is committed together with its entry, or not at all."""
        with self._writing() as session:
            end = rows.lock_end(session)
            act = OpenAct(session, actor, moment, end, Wrote(session, self._rows_secret))
            yield act
            end = act.end()
            seal = self.sign(end, moment)
            if end.seq % CHECKPOINT_EVERY == 0:
                rows.add_checkpoint(session, seal)
        self._publish(seal)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Read one unchanging view of the store; nothing can be written through it."""
        with StoreSession(self._engines.reader, autoflush=False) as session:
            yield session

    @contextmanager
    def note(self) -> Iterator[Session]:
        """Write what is no act: sessions, attempts to sign in and who read what; nothing of the casework.

        Raises:
            NotForNotes: A row of another table was added, changed or taken away.
        """
        with self._writing() as session:
            yield session
            for row in (*session.new, *session.dirty, *session.deleted):
                if not isinstance(row, NOTES):
                    raise NotForNotes(type(row).__name__)

    def secret(self, purpose: str) -> bytes:
        """Return 32 secret bytes for one purpose, the same as long as the store keeps its key."""
        return keys.derived(self._key, purpose)

    def seal(self, moment: Moment) -> Seal:
        """Sign where the record ends now, keep that as a checkpoint, write it as the head, and return it."""
        with self._writing() as session:
            end = rows.lock_end(session)
            seal = self.sign(end, moment)
            if not rows.has_checkpoint(session, end.seq):
                rows.add_checkpoint(session, seal)
        self._publish(seal)
        return seal

    def examine(self, head: Seal | None) -> Examination:
        """Check the record, what guards it, what is kept by its hash, and the tables against the record.

        Args:
            head: A signed head from outside the database, if there is one.
        """
        with self.read() as session, as_stored(session.connection()):
            verdict = rows.verify_record(session, head=head, public_key=self.public_key)
            return Examination(
                verdict=verdict,
                triggers=triggers.faults(session.connection()),
                documents=tuple(Documents(session).altered()),
                reasons=tuple(Reasons(session).altered()),
                imports=altered(session),
                differences=tuple(differences(session, self._rows_secret)) if verdict.intact else (),
            )

    def sign(self, end: End, moment: Moment) -> Seal:
        """Sign that the record ends, or ended, there."""
        return sign(end.seq, end.hash, utc_text(moment.at_utc), self._key)

    @property
    def public_key(self) -> str:
        """The public half of the signing key in hexadecimal."""
        return public_key_of(self._key)

    def close(self) -> None:
        """Close every connection."""
        self._engines.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with StoreSession(self._engines.writer, expire_on_commit=False) as session, session.begin():
            yield session

    def _publish(self, seal: Seal) -> None:
        try:
            keys.write_head(self.head, seal, lasting=self._lasting)
        except OSError:  # the act stands; the next act writes a later head, and `verify` says that it lags
            _LOG.exception("the head of the record at entry %d could not be written", seal.seq)


@contextmanager
def _disposed_on_failure(engines: Engines) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engines.dispose()
        raise


def _refuse_other_version(connection: Connection) -> None:
    if not migrations.is_current(connection):
        raise StoreNotPrepared(
            "The tables of this store are missing or of another version. `attendance init` brings them up."
        )
    migrations.refuse_another_build(connection)
