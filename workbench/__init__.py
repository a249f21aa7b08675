"""Tarjama: translate Arabic in the terminal, with offline drafts, a shared glossary and aligned bilingual exports."""

__version__ = "0.1.0"
