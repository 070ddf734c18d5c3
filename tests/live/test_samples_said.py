"""What a live session says of the samples, told by recordings of their poses."""

from __future__ import annotations

import pytest

from formcheck.chain import Chain
from formcheck.core.rules import Level
from formcheck.live.coach import Coach
from formcheck.pose.pose_file import PoseFile
from formcheck.stretches import all_stretches, by_slug
from tests.live.holds import LEG_SHARE
from tests.test_samples import TABLE, TARGET_S, Told, recording

FAULTS = {name: told for name, told in TABLE.items() if told.rules}


@pytest.mark.parametrize("told", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_said_and_what_was_warned_about_is_not_praised(told: Told) -> None:
    stretch, (rule_id,) = by_slug(told.stretch), told.rules
    chain, coach, said = Chain(all_stretches(), stretch, target_s=TARGET_S), Coach(), []
    for frame in PoseFile(recording(told.name)).frames():
        feedback = chain.extend([frame]).feedback(0)
        chain.settled()
        said.append(coach.update(feedback, stretch, LEG_SHARE, chain.held_by_side()).say)
    words = " | ".join(one for one in said if one)
    rule = stretch.rule(rule_id)
    assert rule.cue in words
    assert ("Well done" in words) == (rule.level == Level.HINT)
