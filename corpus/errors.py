"""The errors a person can meet, each with what happened and what to do.

TarjamaError
└── CorpusError
    ├── DocumentError   a file cannot become a document
    ├── StoreError      a project file cannot be opened or written
    │   └── BusyError   somebody else has been writing it for too long
    ├── BackupError     a backup cannot be made or put back
    ├── NotFoundError   no such document or segment
    ├── ConflictError   somebody else changed the segment since it was read
    ├── MarkupError     an XML file cannot be read
    ├── SegmentationError   segmentation rules cannot be read or used
    └── ExportError     a bilingual file cannot be written
"""


class TarjamaError(Exception):
    """Tell a translator in one sentence what happened, and in a hint what to do.

    ``message`` and ``hint`` are plain text, shown without markup.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class CorpusError(TarjamaError):
    """Something about documents or segments failed."""


class DocumentError(CorpusError):
    """A file cannot become a document."""


class StoreError(CorpusError):
    """A project file cannot be opened, read or written."""


class BusyError(StoreError):
    """Somebody else has been writing the file for longer than one could wait."""


class BackupError(CorpusError):
    """A backup cannot be made or put back."""


class NotFoundError(CorpusError):
    """No such document or segment."""


class ConflictError(CorpusError):
    """The segment was changed elsewhere after it was read here."""


class MarkupError(CorpusError):
    """An XML file is not well-formed, is not what it should be, or declares what is refused."""


class SegmentationError(CorpusError):
    """Segmentation rules cannot be read or used."""


class ExportError(CorpusError):
    """A bilingual file cannot be written."""
