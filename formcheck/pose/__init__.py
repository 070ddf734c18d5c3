"""From a picture to the people in it."""
