"""What times, counts and cores may be asked for: the same in settings, plans and options. Loads nothing."""

from typing import Final

HOLD_S: Final = 30.0
"""Seconds of a hold unless somebody says otherwise."""

SHORTEST_HOLD_S: Final = 1
LONGEST_HOLD_S: Final = 3600
LONGEST_REST_S: Final = 600
LEAST_HOLDS: Final = 2
MOST_HOLDS: Final = 4
MOST_JOBS: Final = 256
