"""Journeys are calls to a real service."""

from tests.serving import serve

__all__ = ["serve"]
