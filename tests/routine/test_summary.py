"""What a routine tells at its end beside the table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.cli.routine_run import RoutineRun
from formcheck.core.feedback import FittingWay
from formcheck.routine.plan import default_plan
from formcheck.routine.session import Routine
from tests.history.test_sections import film, section


def test_another_way_is_told_for_each_stretch_of_the_session(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    plan = default_plan(("supine", "toe-touch"))
    run = object.__new__(RoutineRun)
    run._plan, run._routine, run._quiet = plan, Routine(plan.steps(), ()), False
    ways = {"supine": "beginner-supine", "toe-touch": "standing"}
    parts = [
        replace(section(slug, 40.0 * number), ways_on=(FittingWay(words="Or this", stretch=other),))
        for number, (slug, other) in enumerate(ways.items())
    ]
    run._summary(None, film(*parts))  # type: ignore[arg-type]
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("What may come next")]
    assert [line.partition("formcheck live ")[2].strip("`)") for line in told] == list(ways.values())
