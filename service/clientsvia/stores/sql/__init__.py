"""Stores on SQLite through SQLAlchemy."""
