"""Serving: gunicorn with one worker of many threads, one process that owns the village (facts: one writer, one lock).

Threads exceed open sockets, since each WebSocket holds one. Background threads start in the worker, after the fork.
"""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from kiosk.app import Application, create_app
from kiosk.config import Settings
from kiosk.pauses import Pauses


class Server(BaseApplication):  # type: ignore[misc] # gunicorn carries no types
    """The kiosk under gunicorn."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._application: Application | None = None
        self._pauses: Pauses | None = None
        super().__init__()

    def load_config(self) -> None:
        """Gunicorn's settings from ours."""
        options: dict[str, Any] = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": self._settings.threads,
            "worker_connections": self._settings.threads * 2,
            "keepalive": 75,
            "graceful_timeout": 3,
            "umask": 0o077,  # films and the register are nobody else's to read
            "timeout": 60,
            "control_socket_disable": True,
            "loglevel": "warning",
            "worker_exit": lambda _server, _worker: self._finish(),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """In the worker: put the kiosk together and start it."""
        application = create_app(self._settings)
        application.start()
        self._pauses = Pauses(application.parts.kiosk)
        self._pauses.start()
        self._application = application
        return application.flask

    def _finish(self) -> None:
        if self._application is not None:
            self._application.stop()
        if self._pauses is not None:
            self._pauses.stop()


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    Server(settings).run()
