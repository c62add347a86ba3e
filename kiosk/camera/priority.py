"""Going first: the picture does not wait, everything else on the machine can."""

import logging
import os
from pathlib import Path

_AUTOGROUP = Path("/proc/self/autogroup")
_log = logging.getLogger(__name__)


def go_first(nice: int) -> None:
    """Ask for priority over the other work of the machine; a refusal does not matter.

    Where the kernel shares the processor by sessions first (autogroup, usual on Debian), the niceness of a process
    counts only within its own session: the session's has to be asked for too.
    """
    try:
        os.setpriority(os.PRIO_PROCESS, 0, nice)
        if _AUTOGROUP.exists():
            _AUTOGROUP.write_text(str(nice))
    except OSError as error:
        _log.info("no priority: %s", error)
