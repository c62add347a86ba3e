"""Meetings: states (meeting, course, recording) and the decisions on them."""
