"""formcheck checks the form of hamstring stretches: alignment, hold time, bouncing and shaking.

For programs: `formcheck.analyze(path)` gives an `Analysis`; errors that a user can mend are `FormcheckError`s.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Analysis", "FormcheckError", "InputError", "OutputError", "SettingsError", "__version__", "analyze"]

if TYPE_CHECKING:
    from formcheck.api import Analysis, analyze
    from formcheck.core.errors import FormcheckError, InputError, OutputError, SettingsError

_HOMES = {"Analysis": "formcheck.api", "analyze": "formcheck.api"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 whatever has that name
    """Load late, so that the command line starts at once."""
    if name.startswith("_") or name not in __all__:
        raise AttributeError(f"module 'formcheck' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "formcheck.core.errors")), name)
