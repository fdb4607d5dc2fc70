"""``clientsvia calls latency``: how long callers wait for the service, stage by stage."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from clientsvia.admin.latency_report import Asked, Latencies, Per, as_data
from clientsvia.calls.log_queries import Span
from clientsvia.cli.json_output import write_json
from clientsvia.cli.moments import moment
from clientsvia.cli.session import open_stores, run
from clientsvia.errors import InvalidInput
from clientsvia.providers.clock import SystemClock
