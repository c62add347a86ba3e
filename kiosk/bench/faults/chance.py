"""Chance that can be had again: numbers drawn by SHA-256 from the one number on the command line."""

import hashlib

_RANGE = 1 << 64


def drawn(seed: int, *about: object) -> float:
    """A number from 0 up to 1, the same for the same seed and the same things it is about."""
    told = "/".join(map(str, (seed, *about)))
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big") / _RANGE


def chosen(number: int, below: int, seed: int, *about: object) -> list[int]:
    """So many different numbers from 0 up to `below`, in order; all of them where there are not that many."""
    by_lot = sorted(range(below), key=lambda one: drawn(seed, *about, one))
    return sorted(by_lot[:number])
