"""What was typed: which command, its options, help, Tab."""
