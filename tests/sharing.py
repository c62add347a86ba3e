"""What takes long to make and is only read is made once for all workers of a run, not once for each."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder in which `make` left something: by the first worker that needs it; the others wait for it."""
    own = folders.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = run / name
    with (run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        whole = run / f"{name}.whole"
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what somebody left who failed half-way
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder
