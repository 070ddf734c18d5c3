"""Pose models."""
