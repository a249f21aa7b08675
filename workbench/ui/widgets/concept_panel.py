"""Everything a concept says: its terms with their statuses, what it is, who has written it and when."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from corpus.visible import visible
from glossary.model import Concept, LanguageSection, Stamp, Term, TermStatus
from workbench.ui.bidi.inplace import isolated
from workbench.ui.widgets.term_panel import STATUS_SIGNS

_GRAMMAR = ("pos", "gender", "number", "register", "term_type", "geography")
_TEXTS = ("note", "example", "reference")


class ConceptPanel(VerticalScroll, can_focus=False):
    """One concept, or a sentence about it."""

    def compose(self) -> ComposeResult:
        """Hold one text."""
        self.border_title = "Concept"
        yield Static("", id="concept-text", markup=False)

    def show(self, concept: Concept, current_uid: str = "") -> None:
        """Show a concept; the term ``current_uid`` stands out."""
        self.query_one(Static).update(concept_text(concept, current_uid))
        self.scroll_home(animate=False)

    def say(self, text: str) -> None:
        """Show a sentence instead of a concept."""
        self.query_one(Static).update(Content.styled(visible(text), "dim"))


def concept_text(concept: Concept, current_uid: str = "") -> Content:
    """Return everything a concept says."""
    lines: list[Content] = []
    for language in dict.fromkeys(term.language for term in concept.terms):
        for term in concept.terms_in(language):
            lines += _term(term, current=term.uid == current_uid)
        lines += [line for section in concept.sections if section.language == language for line in _section(section)]
        lines.append(Content(""))
    flags = "do not translate" if concept.do_not_translate else ""
    lines += _field("", flags)
    for name in ("domain", "definition", "note", "url"):
        lines += _field(name, getattr(concept, name))
    lines += _field("tags", ", ".join(concept.tags))
    lines += [line for category, value in concept.extras for line in _field(category, value)]
    lines += _stamp(concept.stamp)
    return Content("\n").join(lines)


def _term(term: Term, *, current: bool) -> list[Content]:
    style = "bold strike" if term.status is TermStatus.FORBIDDEN else "bold" if current else ""
    lines = [
        Content.assemble(
            f"{STATUS_SIGNS[term.status]} ", (isolated(visible(term.text)), style), (f" ({term.status.value})", "dim")
        )
    ]
    grammar = [getattr(term, name) for name in _GRAMMAR] + ["case-sensitive" if term.case_sensitive else ""]
    details = visible(", ".join(filter(None, grammar)))
    forms = " | ".join(isolated(visible(form)) for form in term.forms)
    lines += [Content.styled(f"  {text}", "dim") for text in (details, forms) if text]
    for name in _TEXTS:
        lines += _field(name, getattr(term, name), indent="  ")
    return lines + [line for category, value in term.extras for line in _field(category, value, indent="  ")]


def _section(section: LanguageSection) -> list[Content]:
    return [*_field("definition", section.definition, indent="  "), *_field("note", section.note, indent="  ")]


def _field(name: str, value: str, indent: str = "") -> list[Content]:
    if not value:
        return []
    label = f"{indent}{visible(name)}: " if name else indent
    return [Content.assemble((label, "dim"), isolated(visible(value)))]


def _stamp(stamp: Stamp) -> list[Content]:
    said = [
        f"{verb} {at[:16].replace('T', ' ')} by {visible(who)}"
        for verb, at, who in (
            ("added", stamp.created_at, stamp.created_by),
            ("changed", stamp.changed_at, stamp.changed_by),
        )
        if at and not (verb == "changed" and (at, who) == (stamp.created_at, stamp.created_by))
    ]
    return [Content.styled(text, "dim") for text in said]
