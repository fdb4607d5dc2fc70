"""TwiML documents, the same bytes twilio-python would write.

An ``Element`` is written the moment it is made, so ``render`` is one copy. A ``Template`` is a
document prepared once: ``slot("name")`` stands where text or an attribute's value comes later,
and ``template.render(name="…")`` fills it, escaped by its place; ``template.fill("…")`` does so
by the order of ``template.slots``. A slot is an object of its own type: no text a caller or a
company could send is one. ``clientsvia.telephony.verbs`` has a function for each verb.
"""

from clientsvia._core import Element, Slot, Template, render, slot

__all__ = ["Element", "Slot", "Template", "render", "slot"]
