"""Alignment: which sentences of a text and of its translation say the same."""

from __future__ import annotations
