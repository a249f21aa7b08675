"""Drafts through a third language are told of on the screen."""

from corpus.model import DraftKind
from workbench.engines.pivot import PivotEngine
from workbench.engines.protocol import ModelIdentity
from workbench.ui.widgets.status_bar import StatusBar


async def test_the_status_bar_says_that_a_draft_goes_through_english(running, engine, until):
    class Counter(type(engine)):
        def __init__(self, name, source, target):
            super().__init__()
            self.identity = ModelIdentity("test", name, "1.0", "d" * 64, DraftKind.TRANSLATION, source, target)

    pivot = PivotEngine(Counter("ar-en", "ar", "en"), Counter("en-fr", "en", "fr"))
    async with running(make_engine=lambda: pivot) as pilot:
        bar = pilot.app.screen.query_one(StatusBar)
        await until(pilot, lambda: "pivot by ar-en + en-fr through en" in bar.status.text())
        segments = await pilot.app._store.run(lambda session: session.segments())
        assert {segment.draft.kind for segment in segments} == {DraftKind.PIVOT}
