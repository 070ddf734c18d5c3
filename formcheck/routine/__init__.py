"""A session of several stretches: the plan, where one is in it, and what is kept of it."""
