"""The glossary screen alone, without a project."""

from __future__ import annotations

from collections.abc import Callable

from workbench.jobs import OwnerThread
from workbench.terminology import Terminology
from workbench.ui.arabic_app import ArabicApp
from workbench.ui.bidi.detect import Profile
from workbench.ui.desk import LoneDesk
from workbench.ui.screens.glossary import GlossaryScreen
from workbench.ui.terminal import end_on_signals


class GlossaryApp(ArabicApp):
    """One glossary on one screen; ``open_terms`` is called on the thread that will own it.

    ``back_up`` makes the backup that is due, in a thread of its own.
    """

    def __init__(
        self,
        open_terms: Callable[[], Terminology],
        *,
        keep_setting: Callable[[str, str], None],
        profile: Profile,
        back_up: Callable[[Callable[[], bool]], object] | None = None,
    ) -> None:
        super().__init__(profile, keep_setting)
        self._back_up = back_up
        self._terms = OwnerThread(open_terms)
        self.glossary_screen = GlossaryScreen(LoneDesk(self._terms), self.typesetter, can_go_back=False)

    async def on_mount(self) -> None:
        """Show the one screen there is."""
        if not self.is_headless:
            end_on_signals(lambda code: self.exit(return_code=code))
        await self.push_screen(self.glossary_screen)
        if self._back_up is not None:
            self.back_up(self._back_up)

    def on_unmount(self) -> None:
        """Close the glossary."""
        self.release(self._terms)
