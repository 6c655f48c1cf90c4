"""What may leave the folder, and pages that are written whole or not at all."""
