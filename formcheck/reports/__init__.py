"""Results as files and words."""
