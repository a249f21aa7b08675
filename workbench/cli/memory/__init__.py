"""The commands on the memory, a module for each kind; importing one adds its commands to the group."""

from __future__ import annotations

from workbench.cli.memory import exchange, searching, upkeep
from workbench.cli.memory.group import memory

__all__ = ["exchange", "memory", "searching", "upkeep"]
