"""What a command says of the workers that draft for it."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from corpus.visible import visible

if TYPE_CHECKING:
    from workbench.engines.cluster.link import Roll


def tell_roll(roll: Roll) -> None:
    """Show, in one line of the terminal that is written over, how much each worker has drafted."""
    if not sys.stderr.isatty():
        return
    counts = "  ".join(f"{visible(worker)} {count}" for worker, count in sorted(roll.drafted.items()))
    width = shutil.get_terminal_size().columns - 1
    click.echo(f"\r\x1b[K{counts[:width]}", nl=False, err=True)


def roll_text(roll: Roll) -> str:
    """Return a line for each worker: what it has drafted, or why it has not."""
    lines = [f"  {visible(worker)}: {count}" for worker, count in sorted(roll.drafted.items())]
    lines += [f"  {visible(worker)}: none, for {visible(reason)}" for worker, reason in sorted(roll.refused.items())]
    return "\n".join(lines)
