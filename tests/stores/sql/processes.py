"""Runs parts of a test in processes of their own, as other workers would."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


async def start(program: str, *arguments: str) -> asyncio.subprocess.Process:
    """Start a Python program; it prints lines, and ends when its input does."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        *arguments,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )


async def line(process: asyncio.subprocess.Process) -> str:
    """The next line a process prints; empty when it has ended."""
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().rstrip("\n")


async def say(process: asyncio.subprocess.Process, text: str = "go") -> None:
    """Write a line to a process."""
    assert process.stdin is not None
    process.stdin.write(f"{text}\n".encode())
    await process.stdin.drain()


async def ended(process: asyncio.subprocess.Process) -> int:
    """Close a process's input and wait for its end."""
    assert process.stdin is not None
    process.stdin.close()
    return await process.wait()
