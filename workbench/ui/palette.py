"""The command palette, made from the registry of actions."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from workbench.ui.actions import ACTIONS, GLOSSARY_ACTIONS, Action, key_name
from workbench.ui.screens.glossary import GlossaryScreen


class ActionCommands(Provider):
    """Every action of the screen, found by its name and by what it does."""

    @property
    def _actions(self) -> tuple[Action, ...]:
        return GLOSSARY_ACTIONS if isinstance(self.screen, GlossaryScreen) else ACTIONS

    async def discover(self) -> Hits:
        """Offer all actions, in the order of the registry."""
        for action in self._actions:
            yield DiscoveryHit(_title(action), partial(self._run, action), help=action.description)

    async def search(self, query: str) -> Hits:
        """Offer the actions that ``query`` fits."""
        matcher = self.matcher(query)
        for action in self._actions:
            score = max(matcher.match(action.label), matcher.match(action.description))
            if score > 0:
                title = matcher.highlight(_title(action))
                yield Hit(score, title, partial(self._run, action), help=action.description)

    async def _run(self, action: Action) -> None:
        await self.screen.run_action(action.name)


def _title(action: Action) -> str:
    return f"{action.label} ({key_name(action.keys)})" if action.keys else action.label
