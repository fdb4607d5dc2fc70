"""From settings to adapters: the only package that knows which stores and providers there are."""

from clientsvia.wiring.access import first_sign_in
from clientsvia.wiring.looking import setup_of, sources_of
from clientsvia.wiring.services import Services, build
from clientsvia.wiring.stores import Stores, prepare, require_readable, store_file

__all__ = [
    "Services",
    "Stores",
    "build",
    "first_sign_in",
    "prepare",
    "require_readable",
    "setup_of",
    "sources_of",
    "store_file",
]
