"""What fell due in a journal, for tests that set papers."""

from kiosk.core.journal import read
from kiosk.core.papers import due, due_again


def owed(lines):
    """Every paper that the journal makes fall due, in the order in which they are set."""
    entries = [read(line) for line in lines]
    again = [due_again(entries[: at + 1]) for at in range(len(entries))]
    return [one for entry, more in zip(entries, again, strict=True) for one in (*due(entry), *more)]


def newest(lines, paper, edition=None):
    """The newest paper of that kind that is due, for the public where there is such an edition."""
    fits = [one for one in owed(lines) if one.paper is paper and edition in {None, one.edition}]
    return fits[-1]
