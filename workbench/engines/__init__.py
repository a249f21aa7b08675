"""Engines that propose drafts, behind one protocol."""
