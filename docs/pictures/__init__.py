"""Pictures of what hscp shows and publishes. A package, so that there may be two files make.py."""
