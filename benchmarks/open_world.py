"""What is said of people who do other exercises, and of stretches as real people do them: bodies built by geometry.

    python -m benchmarks.open_world [--only WORDS] [--person N] [--jobs N]

Run at the root of the repository; takes one to two minutes. Prints a table of exercises by view, every false claim, and
the totals. What the bodies are and how they are seen: `tests/bodies`. They know nothing of clothes, light or a model
that is wrong by more than its usual error, so real recordings have the last word.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

from benchmarks.markdown_tables import table
from formcheck.analysis.parallel import cores
from tests.bodies.every import EVERY
from tests.bodies.exercise import Exercise
from tests.bodies.verdicts import Verdict, verdict, views

_SHORT = {
    "toe-touch": "toe", "supine": "sup", "beginner-supine": "beg", "standing": "sta", "bench": "ben",
    "bench-squat": "squ", "partner": "par", None: ".",
}  # fmt: skip
_SIDE_ON_DEG = 25.0  # up to here a stretch should be recognised


def judged(exercise: Exercise, person: int = 0) -> list[Verdict]:
    """Photos from all views; films from every second one, as they take longer."""
    exercise = exercise.by(person)
    seen = list(views(exercise))
    films = [view for i, view in enumerate(seen) if i % 4 in {0, 3}]
    both = ((True, seen), (False, films))
    return [verdict(exercise, view, still=still, person=person) for still, which in both for view in which]


def _cell(one: Verdict) -> str:
    """The stretch that was claimed; `?` where that is not so, `!` where it came with a warning that is not so."""
    said = "+".join(_SHORT[slug] for slug in (one.claimed, *one.also))
    return said + "?" * one.false + "!" * one.accused


def by_view(verdicts: Sequence[Verdict]) -> str:
    """One line an exercise, one column a view; first the photo, then the film."""
    found: dict[str, dict[tuple[float, int], dict[bool, Verdict]]] = {}
    for one in verdicts:
        place = (one.view.yaw_deg, one.view.facing)
        found.setdefault(one.name, {}).setdefault(place, {})[one.still] = one
    columns = sorted({place for row in found.values() for place in row}, key=lambda place: (abs(place[0]), -place[1]))
    head = ["exercise", "label", *(f"{yaw_deg:+.0f}{'>' if facing > 0 else '<'}" for yaw_deg, facing in columns)]
    lines = []
    for name, row in found.items():
        cells = [
            " ".join(_cell(row[place][still]) for still in (True, False) if still in row[place]) for place in columns
        ]
        label = next(one.label for one in reversed(verdicts) if one.name == name)
        lines.append([name, label, *cells])
    return table(head, lines)


def false_claims(verdicts: Sequence[Verdict]) -> str:
    """Everything that was claimed or warned about and is not so."""
    lines = [
        [
            one.name, "photo" if one.still else "film", one.view.words, one.claimed,
            "" if one.confidence is None else f"{one.confidence:.2f}", ", ".join(one.serious),
            "; ".join(f"{held_s:.1f} s from {start_s:.1f} s" for start_s, held_s in one.holds),
        ]
        for one in verdicts if one.false or one.accused
    ]  # fmt: skip
    return table(["exercise", "seen in", "view", "claimed", "confidence", "serious alerts", "holds"], lines)


def _share(some: int, of: int) -> str:
    return f"{some} of {of} ({100 * some / of:.1f} %)" if of else "none"


def totals(verdicts: Sequence[Verdict]) -> str:
    """Shares that were claimed, recognised and accused, photos and films apart."""
    lines = []
    for words, still in (("photos", True), ("films", False)):
        seen = [one for one in verdicts if one.still == still]
        others = [one for one in seen if one.other]
        either = [one for one in seen if one.label.startswith("either")]
        real = [one for one in seen if not one.other and not one.label.startswith("either")]
        near = [one for one in real if abs(one.view.yaw_deg) <= _SIDE_ON_DEG]
        far = [one for one in real if abs(one.view.yaw_deg) > _SIDE_ON_DEG]
        lines += [
            [words, "others: claimed", _share(sum(one.false for one in others), len(others))],
            [words, "others: with a serious alert", _share(sum(one.accused for one in others), len(others))],
            [words, "others: exercises ever claimed", _share(*_exercises(others))],
            [words, "either: another stretch claimed", _share(sum(one.false for one in either), len(either))],
            [words, "either: with a serious alert", _share(sum(one.accused for one in either), len(either))],
            [words, "stretches, yaw up to 25: recognised", _share(sum(_right(one) for one in near), len(near))],
            [words, "stretches, yaw beyond: recognised", _share(sum(_right(one) for one in far), len(far))],
            [words, "stretches: another one claimed", _share(sum(one.false for one in real), len(real))],
        ]
        slugs = Counter(str(one.claimed) for one in others if one.false)
        lines.append([words, "others claimed as", ", ".join(f"{slug} {n}" for slug, n in slugs.most_common())])
    return table(["", "what", "how many"], lines)


def _right(one: Verdict) -> bool:
    return one.claimed == one.label


def _exercises(verdicts: Sequence[Verdict]) -> tuple[int, int]:
    return len({one.name for one in verdicts if one.false}), len({one.name for one in verdicts})


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--only", default="", help="exercises whose name has these words")
    parser.add_argument("--person", type=int, default=0, help="who does it: 0 as in the book, others vary it")
    parser.add_argument("--jobs", type=int, default=cores())
    given = parser.parse_args()
    chosen = [one for one in EVERY if given.only in one.name]
    with ProcessPoolExecutor(given.jobs) as pool:
        verdicts = [one for found in pool.map(judged, chosen, repeat(given.person)) for one in found]
    print(by_view(verdicts), false_claims(verdicts), totals(verdicts), sep="\n")


if __name__ == "__main__":
    main()
