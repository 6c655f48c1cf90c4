"""Other people's files to plain paragraphs and tables: Word, Excel, e-mail, text."""
