"""Filters of values over time, keyed on seconds."""
