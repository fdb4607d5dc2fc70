"""Adapters of everything that answers, speaks or tells the time."""
