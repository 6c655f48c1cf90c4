"""From a file's bytes to a checked plan, every fault with its place."""
