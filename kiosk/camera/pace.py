"""How many pictures a second go into the film."""

from collections import deque

_WITHIN_S = 5.0


class Pace:
    """Counts the pictures of the last five seconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def note(self, at: float) -> None:
        """A picture taken at `at`, monotonic seconds."""
        self._times.append(at)

    def per_second(self, now: float) -> float:
        """The mean up to `now`; 0 before the first second is over."""
        while self._times and self._times[0] < now - _WITHIN_S:
            self._times.popleft()
        lasted = now - self._times[0] if self._times else 0.0
        return (len(self._times) - 1) / lasted if lasted > 1 else 0.0
