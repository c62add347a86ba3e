"""Needs and matters, from the first wish to the archive: their states, and the decisions on them."""
