"""Alembic: forward only, numbered; each upgrade keeps a finished meeting whole."""
