"""The errors of the workbench, each with what happened and what to do.

TarjamaError (corpus.errors)
└── WorkbenchError
    ├── SettingsError   the settings file cannot be understood
    ├── EngineError     a model is missing, damaged or cannot draft
    └── PackageError    a model package cannot be installed or removed
"""

from corpus.errors import TarjamaError


class WorkbenchError(TarjamaError):
    """Something about the workbench itself failed."""


class SettingsError(WorkbenchError):
    """The settings file cannot be understood."""


class EngineError(WorkbenchError):
    """A model is missing, damaged or cannot draft."""


class PackageError(WorkbenchError):
    """A model package cannot be installed or removed."""
