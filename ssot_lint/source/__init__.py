"""One file: its text and offsets, what it binds and imports, and the statements worth parsing with LibCST."""
