"""Asking leads how it goes, and making sense of what they answer. Reads and writes no file."""
