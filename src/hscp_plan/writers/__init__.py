"""How a report is drawn: one module a format. What is said is the reports' affair."""
