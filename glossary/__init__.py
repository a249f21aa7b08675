"""Terms: their store and journal, Arabic-aware matching, exchange. Knows the corpus's text primitives, no documents."""
