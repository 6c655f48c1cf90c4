"""What is said: a plan and a day in, a report out. Pure; a writer draws it.

Each report is a frozen class with `document()` for people, `rows()` for spreadsheets and `data()`
for programs (see `document.Report`).
"""
