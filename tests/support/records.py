"""Records made for tests of the chain, without a database."""

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from attendance.domain.record.chain import START, End, Expected
from attendance.domain.record.entry import Entry
from attendance.domain.record.seal import public_key_of, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = public_key_of(KEY)
AT = "2025-03-03T12:00:00.000000Z"


def entry(number, previous_hash, **columns):
    """A good entry."""
    base = Entry(
        seq=number,
        at_utc=AT,
        on_day="2025-03-03",
        actor="officer.one",
        role="officer",
        person_id=None,
        event="account.closed",
        case_id=number,
        pupil_id=None,
        adult_id=None,
        school_urn=None,
        step=None,
        step_id=None,
        payload=f'{{"account":{number}}}',
        previous_hash=previous_hash,
    )
    return replace(base, **columns).hashed()


def chain(length):
    """A good record of that many entries."""
    made = []
    for number in range(1, length + 1):
        made.append(entry(number, made[-1].hash if made else START.hash))
    return made


def seal_at(entries, number, key=KEY):
    """The seal over the record where it had that many entries."""
    return sign(number, entries[number - 1].hash if number else START.hash, AT, key)


def expected_of(entries, *, every=3, head=None):
    """What goes with a good record."""
    last = entries[-1] if entries else None
    return Expected(
        tail=End(last.seq, last.hash) if last else START,
        checkpoints=[seal_at(entries, number) for number in range(every, len(entries) + 1, every)],
        head=head,
        public_key=PUBLIC,
        every=every,
    )
