"""A profile tried out while it is being edited: nothing of it has to be saved first."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from clientsvia.admin.editing import changed
from clientsvia.admin.key_checks import check_model_keys, check_twilio_key, check_voice_key
from clientsvia.admin.previews import Found, Greeting, greeting, listen, what_would_be_answered
from clientsvia.companies.saving import keep_secrets
from clientsvia.companies.snapshot import compile_company

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from clientsvia.admin.diagnosis.checks import Check
    from clientsvia.admin.ports import TwilioAccounts
    from clientsvia.calls.ports import Clock, Responder, Speech
    from clientsvia.calls.responders import Responders
    from clientsvia.companies.company import Company, TwilioAccount
    from clientsvia.companies.directory import Directory
    from clientsvia.companies.ports import StoredProfile

Key = Literal["model", "voice", "twilio"]


@dataclass(frozen=True, slots=True)
class Drafts:
    """Tries profiles out by what calls are answered with.

    A ``patch`` is what is typed and not saved yet, as for ``Editor.edit``; whatever is wrong with
    it raises InvalidProfile, with the problems.
    """

    directory: Directory
    speech: Speech
    own_data: Responder
    responder: Responders
    voice_alone: Callable[[], Speech]
    twilio: TwilioAccounts
    platform: TwilioAccount | None
    clock: Clock

    async def greeting(
        self,
        stored: StoredProfile,
        patch: Mapping[str, Any],
        *,
        at: datetime | None = None,
        caller: str = "",
    ) -> Greeting:
        """What is spoken to who calls at an aware moment, now where none is given."""
        return greeting(self._compiled(stored, patch), at or self.clock.now(), caller=caller)

    async def listen(self, stored: StoredProfile, patch: Mapping[str, Any], text: str) -> str:
        """The name of a clip with the text in the company's voice; empty where Twilio speaks."""
        return await listen(self._compiled(stored, patch), text, self.speech)

    async def answer(
        self, stored: StoredProfile, question: str, at: datetime | None = None
    ) -> Found:
        """What would be answered from the knowledge as it is stored."""
        company = await self.company(stored)
        moment = at or self.clock.now()
        return await what_would_be_answered(
            company, question, moment, self.own_data, self.responder
        )

    async def test(
        self, stored: StoredProfile, patch: Mapping[str, Any], key: Key
    ) -> Sequence[Check]:
        """Whether a key works, with whatever is wrong and its remedy; counts towards the cap."""
        company = self._compiled(stored, patch)
        if key == "model":
            return await check_model_keys(company, self.responder.alone, self.clock.now())
        if key == "voice":
            return [await check_voice_key(company, self.voice_alone(), self.clock.now())]
        return [await check_twilio_key(company, self.twilio, self.platform)]

    async def company(self, stored: StoredProfile) -> Company:
        """The company as it is stored; this process may have yet to hear of the last change."""
        known = self.directory.by_slug(stored.profile.slug)
        if known is not None and known.revision == stored.revision:
            return known
        return await asyncio.to_thread(compile_company, stored, self.clock.now())

    def _compiled(self, stored: StoredProfile, patch: Mapping[str, Any]) -> Company:
        """As typed, but without knowledge, which no greeting, voice or key has a use for."""
        bare = stored.profile.model_copy(update={"knowledge": ()})
        profile = keep_secrets(changed(bare, patch), stored.profile)
        return compile_company(replace(stored, profile=profile), self.clock.now())
