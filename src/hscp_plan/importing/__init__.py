"""A plan out of somebody else's document: what its headings, tables and cells mean. Pure."""
