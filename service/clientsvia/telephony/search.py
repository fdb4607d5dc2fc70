"""The knowledge entry that answers: BM25 over stems of English words."""

from clientsvia._core import Index

__all__ = ["Index"]
