"""formcheck checks the form of hamstring stretches: alignment, hold time, bouncing and shaking."""

__version__ = "0.1.0"
