"""From pose frames to one followed body."""
