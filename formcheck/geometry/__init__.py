"""Points and outlines in, numbers out."""
