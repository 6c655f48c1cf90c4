"""From an intention to the file, whole or not at all."""
