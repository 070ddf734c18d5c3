"""How a database of an earlier formcheck becomes one of this."""
