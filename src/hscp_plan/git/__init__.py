"""The git repository that a plan is kept in."""
