"""THE RULES: what a meeting may do and what it has done. Standard library only; no I/O, no clock, no chance."""
