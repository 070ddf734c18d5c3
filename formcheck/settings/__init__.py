"""What a user has set once and for all: the keys, where they are read from, and how they are changed."""

from formcheck.settings.keys import KEYS, Key
from formcheck.settings.load import Origin, Settings, config_path, load

__all__ = ["KEYS", "Key", "Origin", "Settings", "config_path", "load"]
