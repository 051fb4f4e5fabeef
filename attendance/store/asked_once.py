"""Asking once: in a reading, whose view of the store never changes, no question is put to it twice."""

from collections.abc import Callable
from functools import wraps
from inspect import unwrap
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


def keep_answer(session: Session, question: Callable[..., object], *given: object, answer: object) -> None:
    """Keep the answer to a question that is asked once, found together with others; only in a reading."""
    answers = answers_of(session)
    if answers is not None:
        answers[(unwrap(question), given, ())] = answer


def _itself(session: Any) -> Any:
    return session


def asked_once(where: str = "_session") -> Callable[[Question], Question]:
    """Ask a reading session once for the same arguments; a session that may write is always asked anew.

    `where` is the path from the first argument to its session, empty where it is the session itself. The
    other arguments are hashable.
    """
    session_of = attrgetter(where) if where else _itself

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
