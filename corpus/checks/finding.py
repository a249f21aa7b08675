"""What a check finds on a pair of texts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error is nearly always one, a warning wants a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a pair that a translator should look at.

    ``check`` is the name of the check, ``message`` one plain sentence. Spans are (start, end) in code points of the
    source and the target as given. A ``fix`` is what to put in place of ``target_span``; it is given where it is
    certain to be right.
    """

    check: str
    severity: Severity
    message: str
    source_span: Span | None = None
    target_span: Span | None = None
    fix: str | None = None


def as_json(finding: Finding) -> dict[str, object]:
    """Return the object that commands print for ``finding`` with ``--json``."""
    return asdict(finding)
