"""What happens on a call: a pure state machine and the asynchronous shell around it."""
