"""The use cases on drafts: which segments want one, keeping what an engine made, which to look at first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.keys import source_hash
from corpus.model import Draft, DraftKind, Segment, SegmentKind, State
from corpus.store import CorpusStore
from corpus.store.propagating import is_from_memory
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.remembering import ProjectMemory
from workbench.staleness import TermKeys, is_stale
from workbench.terminology import SourceTerms, Terminology

if TYPE_CHECKING:
    from workbench.risk import DraftRisks

_NO_TERMS = TermKeys(-1, lambda _source: "")


class Drafts:
    """The drafts of one project; ``obey_terms`` says whether its user wants the glossary's terms in them."""

    def __init__(self, store: CorpusStore, terms: Terminology, memory: ProjectMemory, *, obey_terms: bool) -> None:
        self.obey_terms = obey_terms
        self._store = store
        self._terms = terms
        self._memory = memory

    @cached_property
    def risks(self) -> DraftRisks:
        """How risky drafts are, and which to look at first."""
        from workbench.risk import DraftRisks

        return DraftRisks(self._store)

    def to_draft(
        self,
        document: str | None = None,
        *,
        redo: bool = False,
        identity: ModelIdentity | None = None,
        terms: TermKeys | None = None,
    ) -> list[Segment]:
        """Return the segments that want a draft from the model ``identity``, in reading order.

        Those are the ones no human has touched whose draft is missing or out of date: of another source, model or
        setting, or (with ``terms``) made when the glossary said otherwise of that very source; see
        ``workbench.staleness``. With ``redo`` they are all that no human has touched. What was confirmed for the same
        source elsewhere stays as their draft.
        """
        document_uid = None if document is None else self._store.document(document).uid
        untouched = (
            segment
            for segment in self._store.segments(document_uid)
            if segment.state <= State.DRAFTED
            and not segment.locked
            and not is_from_memory(segment)
            and segment.kind is not SegmentKind.BOILERPLATE
            and segment.source.strip()
        )
        return [segment for segment in untouched if redo or is_stale(segment.draft, segment.source, identity, terms)]

    def store(self, drafts: Sequence[tuple[Segment, DraftedText]], identity: ModelIdentity) -> list[Segment]:
        """Keep drafts made by ``identity``; return the segments that took theirs (not those touched meanwhile).

        Each gets its risk, and flags that tell what is doubtful in it; a gloss, which is all doubt, has only those of
        its engine.
        """
        weighed = {
            segment.uid: self.risks.weigh(segment.source, drafted.text, drafted.pieces, drafted.flags)
            for segment, drafted in drafts
        }
        kept = [
            (
                segment.uid,
                Draft(
                    text=drafted.text,
                    kind=identity.kind,
                    engine=identity.engine,
                    model=identity.name,
                    model_version=identity.version,
                    model_sha256=identity.sha256,
                    source_hash=source_hash(segment.source),
                    pieces=drafted.pieces,
                    flags=(
                        *drafted.flags,
                        *(weighed[segment.uid].flags if identity.kind is DraftKind.TRANSLATION else ()),
                    ),
                    before_terms=drafted.before_terms,
                    terms=drafted.terms,
                    glossary_version=drafted.glossary_version,
                    settings=identity.settings,
                    terms_key=drafted.terms_key,
                ),
            )
            for segment, drafted in drafts
        ]
        stored = self._store.add_drafts(kept, f"engine:{identity.engine}")
        self.risks.keep(stored, {uid: one.risk for uid, one in weighed.items()})
        self._memory.follow()  # there is nothing for it: so the next confirmation need not look through all this
        return stored

    def terms_of(self, segments: Sequence[Segment]) -> list[SourceTerms]:
        """Return what the glossary says of the source of each segment, for its draft to obey."""
        return [self._terms.in_source(segment.source) for segment in segments]

    def term_keys(self, *, obeyed: bool) -> TermKeys:
        """Return what makes drafts stale that are to obey the glossary, or, not ``obeyed``, those that do obey it."""
        return TermKeys(self._terms.version, self._terms.terms_key) if obeyed else _NO_TERMS
