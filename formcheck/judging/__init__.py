"""Judging: from measures to feedback and report."""
