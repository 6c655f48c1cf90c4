"""The plan as it stood, and how it came to be."""
