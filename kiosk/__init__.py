"""The village meeting kiosk (村民议事表决一体机): it holds the meeting, and the record is what happened."""

__version__ = "0.1.0"
