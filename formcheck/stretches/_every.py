"""What is the same in every stretch: the reminder of comfort, the hold, bouncing and shaking."""

from __future__ import annotations

from formcheck.core.limits import Limit
from formcheck.core.rules import Level, Rule
from formcheck.core.stretch import Prompt

COMFORT = Prompt(words="Only go as far as feels comfortable, and stay free of pain.", at_start=True)

HOLD_TIME = Rule(
    id="hold-time",
    level=Level.PROGRESS,
    title="Hold for half a minute",
    measure="hold time",
    unit="s",
    limit_values=(Limit(name="target", default=30.0, meaning="how long to hold; set with hold_s or --hold"),),
    limit_words=(
        "{target:g} s is the target unless you set another; less counts in part; 2 to 4 repeats a side. "
        "Longer is never wrong."
    ),
    source="Bandy and Irion 1994; ACSM",
    silent="Pauses while you cannot be seen or wobble for up to 2 s.",
    timed="hold",
)

NO_BOUNCE = Rule(
    id="no-bounce",
    level=Level.WARN,
    title="No bouncing",
    measure="swing",
    unit="deg",
    limit_values=(
        Limit(name="ok", default=3.0, lowest=1.0, highest=20.0, meaning="smaller swings are not counted"),
        Limit(name="warn", default=4.0, lowest=1.0, highest=20.0, at_least="ok", meaning="larger swings are bouncing"),
    ),
    limit_words=(
        "Two swings there and back within 3 s (0.5 to 3 Hz): fine below {ok:g} degrees, warned about above {warn:g}."
    ),
    source="own choice, calibrated on rendered clips",
    silent="fewer than 15 pictures a second",
    cue="Stop bouncing: hold still",
    after_s=0.0,
    timed="bounce",
)

STEADY = Rule(
    id="steady",
    level=Level.WARN,
    title="No shaking",
    measure="shaking against your own quiet",
    unit="times",
    limit_values=(
        Limit(name="ok", default=2.0, lowest=1.0, highest=20.0, meaning="calmer than this is no shaking"),
        Limit(name="warn", default=3.0, lowest=1.0, highest=20.0, at_least="ok", meaning="above, a warning"),
        Limit(name="unsafe", default=5.0, lowest=1.0, highest=30.0, at_least="warn", meaning="above, ease off"),
    ),
    limit_words=(
        "Joint speed between 4 and 10 Hz: fine below {ok:g} times your own quiet, warned about from {warn:g}, "
        "unsafe from {unsafe:g}."
    ),
    source="own choice, calibrated on rendered clips",
    silent="fewer than 25 pictures a second, or too little of you seen at rest",
    cue="You are shaking: ease off a little",
    timed="shaking",
)

EVERY_STRETCH = (HOLD_TIME, NO_BOUNCE, STEADY)
