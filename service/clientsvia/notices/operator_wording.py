"""What the operator of the service is told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from clientsvia.notices.phrases import one_line

if TYPE_CHECKING:
    from clientsvia.notices.notice import Notice

_LONGEST = 600


def operator(notice: Notice) -> tuple[str, list[str]]:
    """Subject and lines; the last one says what to do.

    ``data`` holds what happened in ``what``, where to in ``company``, how often in ``count`` since
    ``since``, the newest cause in ``found``, and the ``remedy``.
    """
    data = notice.data
    company = data.get("company") or "no company"
    subject = f"{data['what']} ({company})"
    lines = [f"{data['what']}.", "", f"Company:  {company}"]
    if count := data.get("count"):
        since = datetime.fromisoformat(data["since"])
        lines.append(f"How often:  at least {count} since {since:%Y-%m-%d %H:%M} UTC")
    if found := one_line(str(data.get("found") or ""), _LONGEST):
        lines.append(f"Found:  {found}")
    remedy = one_line(str(data.get("remedy") or "see the log of the service"), _LONGEST)
    return subject, [*lines, "", f"What to do:  {remedy}"]
