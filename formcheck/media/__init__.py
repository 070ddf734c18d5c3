"""Video files and photos as pictures."""
