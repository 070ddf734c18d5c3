"""What a user has set once and for all: the keys, where they are read from, and how they are changed."""

from formcheck.settings.keys import KEYS, SettingKey
from formcheck.settings.load import Origin, Settings, config_path, load

__all__ = ["KEYS", "Origin", "SettingKey", "Settings", "config_path", "load"]
