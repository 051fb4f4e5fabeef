"""Asking once: in a reading, whose view of the store never changes, no question is put to it twice."""

from collections.abc import Callable
from functools import wraps
from operator import attrgetter
from typing import Any, TypeVar, cast

from sqlalchemy.orm import Session

Question = TypeVar("Question", bound=Callable[..., object])

_ANSWERS = "answers"


def keep_answers(session: Session) -> None:
    """Keep the answers given in a reading session for as long as it lives."""
    session.info[_ANSWERS] = {}


def answers_of(session: Session) -> dict[object, Any] | None:
    """Return the answers that a reading session keeps; None of one that may write."""
    return session.info.get(_ANSWERS)


def asked_once(where: str = "_session") -> Callable[[Question], Question]:
    """Ask a reading session once for the same arguments; a session that may write is always asked anew.

    `where` is the path from the first argument to its session. The other arguments are hashable.
    """
    session_of = attrgetter(where)

    def once(question: Question) -> Question:
        @wraps(question)
        def ask(asker: object, *given: object, **named: object) -> object:
            answers = answers_of(session_of(asker))
            if answers is None:
                return question(asker, *given, **named)
            asked = (question, given, tuple(named.items()))
            if asked not in answers:
                answers[asked] = question(asker, *given, **named)
            return answers[asked]

        return cast("Question", ask)

    return once
