"""The commands on a glossary, a module for each kind; importing one adds its commands to the group."""

from __future__ import annotations

from workbench.cli.glossary import exchange, forms, impact, matching, screen, sharing, terms, upkeep
from workbench.cli.glossary.group import glossary

__all__ = ["exchange", "forms", "glossary", "impact", "matching", "screen", "sharing", "terms", "upkeep"]
