"""Calls that are none: tests of our own, which are answered like a call and leave no trace."""

PROBE_CALL = "CA" + "0" * 32
"""The CallSid of every test: no call of Twilio's has it."""
