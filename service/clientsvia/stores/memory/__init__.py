"""Stores that live in the process: no account, no disk, gone at exit."""
