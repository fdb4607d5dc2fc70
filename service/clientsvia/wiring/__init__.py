"""From settings to adapters: the only package that knows which stores and providers there are."""

from clientsvia.wiring.services import Services, build
from clientsvia.wiring.stores import Stores, prepare, require_readable, store_file

__all__ = ["Services", "Stores", "build", "prepare", "require_readable", "store_file"]
