"""The HTTP edge for Twilio: parse, call one flow function, hand the reply to a transport."""
