import pytest

from clientsvia.calls.intents import Intent, intent_of


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Can I speak to a person, please?", Intent.PERSON),
        ("I'd like to talk with somebody in billing", Intent.PERSON),
        ("put me through to Dana", Intent.PERSON),
        ("Human.", Intent.PERSON),
        ("operator please", Intent.PERSON),
        ("a real person please", Intent.PERSON),
        ("I don't want to speak to a person", Intent.QUESTION),
        ("can someone come and fix my sink", Intent.QUESTION),
        ("how much is it for a person", Intent.QUESTION),
        ("could I talk to you about my roof", Intent.QUESTION),
        ("I'd like to leave a message", Intent.MESSAGE),
        ("could somebody call me back", Intent.MESSAGE),
        ("I do not want to leave a message", Intent.QUESTION),
        ("can you repeat that?", Intent.REPEAT),
        ("Sorry, what?", Intent.REPEAT),
        ("what did you say", Intent.REPEAT),
        ("pardon me", Intent.REPEAT),
        ("No, that's all, thank you. Bye!", Intent.GOODBYE),
        ("goodbye", Intent.GOODBYE),
        ("is that all the services you offer", Intent.QUESTION),
        ("do you fix a hang up phone by the way bye law", Intent.QUESTION),
        ("yes please", Intent.YES),
        ("Sure, go ahead", Intent.YES),
        ("that would be great", Intent.YES),
        ("please", Intent.YES),
        ("no thanks", Intent.NO),
        ("not right now", Intent.NO),
        ("No, are you open on Sunday?", Intent.QUESTION),
        ("yes but only on Tuesday", Intent.QUESTION),
        ("How much is a drain cleaning?", Intent.QUESTION),
        ("", Intent.QUESTION),
        ("?!", Intent.QUESTION),
    ],
)
def test_what_callers_say_is_heard_as_what_they_want(text: str, intent: Intent) -> None:
    assert intent_of(text) is intent
