"""Paragraphs that stand in a project more than once: the same, nearly the same, quoted, or told in other words."""
