"""Typed facades over the compiled core; nothing else imports it."""
