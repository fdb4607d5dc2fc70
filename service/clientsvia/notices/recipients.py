"""Who hears of a notice: the addresses that a company's profile names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.notices.delivery import Channel
from clientsvia.notices.notice import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.company import Company
    from clientsvia.companies.contacts import Notify
    from clientsvia.notices.delivery import Delivery
    from clientsvia.notices.notice import Notice

    Address = tuple[Channel, str]

_UNHURRIED = frozenset({NoticeKind.DIGEST, NoticeKind.USAGE})
"""What goes to a telephone only where there is no mailbox."""


def addresses(notify: Notify) -> Sequence[Address]:
    """Every address of a company, each once."""
    found = [(Channel.EMAIL, address) for address in notify.email]
    found += [(Channel.SMS, number) for number in notify.sms]
    if notify.webhook:
        found.append((Channel.WEBHOOK, notify.webhook))
    return list(dict.fromkeys(found))


def recipients(notify: Notify, kind: NoticeKind) -> Sequence[Address]:
    """Those that hear of this kind."""
    found = addresses(notify)
    if kind in _UNHURRIED and notify.email:
        return [(channel, address) for channel, address in found if channel is not Channel.SMS]
    return found


def wanted(notify: Notify, notice: Notice) -> bool:
    """Whether the owner wants to hear of it at all; of what is urgent they always do."""
    return notify.missed or notice.urgent or notice.kind is not NoticeKind.MISSED


def still_meant(delivery: Delivery, company: Company | None) -> bool:
    """Whether the profile names the address now, too; the operator's is not in any profile."""
    if not delivery.notice.company:
        return True
    known = addresses(company.notify) if company else ()
    return (delivery.channel, delivery.address) in known
