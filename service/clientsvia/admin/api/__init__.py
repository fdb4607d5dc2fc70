"""The JSON API under /api/v1: the same work as the pages', for programs."""
