"""The errors of the glossary, each with what happened and what to do.

TarjamaError (corpus.errors)
└── GlossaryError
    ├── GlossaryStoreError   the glossary file cannot be opened or written
    ├── TermError            a term cannot be added, found or changed
    └── ExchangeError        a termbase file cannot be read or written
"""

from corpus.errors import TarjamaError


class GlossaryError(TarjamaError):
    """Something about the glossary failed."""


class GlossaryStoreError(GlossaryError):
    """The glossary file cannot be opened, read or written."""


class TermError(GlossaryError):
    """A term cannot be added, found or changed."""


class ExchangeError(GlossaryError):
    """A termbase file cannot be read or written."""
