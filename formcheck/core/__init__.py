"""Frozen values: what flows through the program."""
