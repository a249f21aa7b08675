"""Arabic text, documents, segments and their journal, importing, exporting: no screen, no engine, no terms."""
