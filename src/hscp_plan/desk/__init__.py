"""The plan in a browser: a request in, a page out, by the commands themselves."""
