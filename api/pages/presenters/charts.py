"""Charts as places on a drawing: bars in parts and lines, drawn by a template.

- A chart says in words what it shows; the table beside it has every number.
- Nothing is told by colour alone: parts of bars have patterns, lines have marks of their own shape and words.
- Shares come in as whole numbers over whole numbers; only where a line goes on the drawing is a quotient.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from rules.stages import percent_text

WIDTH = 360
_LABEL, _MARGIN, _ROW = 76, 4, 28
_LEFT, _RIGHT, _TOP, _PLOT, _BOTTOM = 34, 16, 18, 150, 36
_ABOVE, _BELOW = 7, 16
_STEPS = 5
_ROUND = 5
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One entry of a chart's key: the look's name and what it stands for."""

    look: str
    text: str


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar."""

    look: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its label."""

    label: str
    y: int
    parts: tuple[BarPart, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars of the same length, each parted; `height` of the drawing."""

    id: str
    title: str
    description: str
    key: tuple[KeyEntry, ...]
    bars: tuple[Bar, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line with what is written at it, and how far down: above it, below it in a valley."""

    x: float
    y: float
    text: str
    text_y: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its look, its points and the path through them."""

    look: str
    points: tuple[Point, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis with its words."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over the same places, between a lowest and a highest share."""

    id: str
    title: str
    description: str
    key: tuple[KeyEntry, ...]
    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    from_nothing: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a chart is called and what it shows, in words."""

    id: str
    title: str
    description: str


def bar_chart(
    said: Said, key: Sequence[KeyEntry], rows: Sequence[tuple[str, Sequence[int]]], *, label: int = _LABEL
) -> BarChart:
    """Return a chart of bars.

    Args:
        said: what it is called and shows.
        key: one entry for each part of a bar.
        rows: for each bar its label and one number for each part.
        label: how much room the labels have.
    """
    bars = tuple(
        Bar(text, place * _ROW + 4, tuple(_parts(key, numbers, label)))
        for place, (text, numbers) in enumerate(rows)
    )
    return BarChart(said.id, said.title, said.description, tuple(key), bars, WIDTH, len(bars) * _ROW + 4)


def line_chart(
    said: Said,
    key: Sequence[KeyEntry],
    across: Sequence[str],
    lines: Sequence[Sequence[tuple[int, int]]],
    *,
    from_nothing: bool,
) -> LineChart:
    """Return a chart of lines.

    Args:
        said: what it is called and shows.
        key: one entry for each line.
        across: what is written below each point.
        lines: for each line the part and the whole of each share.
        from_nothing: whether the axis begins at nothing; else below the lowest point.
    """
    shares = [[Fraction(_WHOLE * part, whole) if whole else None for part, whole in line] for line in lines]
    known = [share for line in shares for share in line if share is not None] or [Fraction(0)]
    low = 0 if from_nothing else min(int(min(known)) // _ROUND * _ROUND, _WHOLE - _ROUND)
    step = max(1, -(-(ceil(max(known)) - low) // _STEPS))
    ticks = [low + step * place for place in range(_STEPS + 1) if low + step * place <= _WHOLE or place == 0]
    high = ticks[-1] if ticks[-1] >= max(known) else low + step * _STEPS

    def up(share: Fraction) -> float:
        return round(_TOP + _PLOT - float((share - low) / (high - low)) * _PLOT, 1)

    gap = (WIDTH - _LEFT - _RIGHT) / max(1, len(across))
    places = [round(_LEFT + gap * (place + 0.5), 1) for place in range(len(across))]
    drawn = tuple(
        _line(
            entry.look,
            [
                (x, up(share), str(_WHOLE) if part == whole else percent_text(part, whole))
                for x, share, (part, whole) in zip(places, line, numbers, strict=True)
                if share is not None
            ],
        )
        for entry, line, numbers in zip(key, shares, lines, strict=True)
    )
    return LineChart(
        said.id,
        said.title,
        said.description,
        tuple(key),
        drawn,
        tuple(Tick(x, text) for x, text in zip(places, across, strict=True)),
        tuple(Tick(up(Fraction(tick)), f"{tick}%") for tick in ticks),
        low == 0,
        WIDTH,
        _TOP + _PLOT + _BOTTOM,
    )


def _line(look: str, points: Sequence[tuple[float, float, str]]) -> Line:
    path = " ".join(f"{'L' if place else 'M'}{x} {y}" for place, (x, y, _) in enumerate(points))
    written = tuple(
        Point(x, y, text, round(y + (_BELOW if _in_a_valley(points, place) else -_ABOVE), 1))
        for place, (x, y, text) in enumerate(points)
    )
    return Line(look, written, path)


def _in_a_valley(points: Sequence[tuple[float, float, str]], place: int) -> bool:
    """Say whether the line comes down to a point and goes up from it; what is higher has the smaller y."""
    if not 0 < place < len(points) - 1:
        return False
    (_, before, _), (_, here, _), (_, after, _) = points[place - 1 : place + 2]
    return before < here > after


def _parts(key: Sequence[KeyEntry], numbers: Sequence[int], label: int) -> list[BarPart]:
    whole, x, parts = sum(numbers), Fraction(label), []
    room = WIDTH - label - _MARGIN
    for entry, number in zip(key, numbers, strict=True):
        width = Fraction(room * number, whole) if whole else Fraction(0)
        if width:
            parts.append(BarPart(entry.look, round(float(x), 1), round(float(width), 1)))
        x += width
    return parts
