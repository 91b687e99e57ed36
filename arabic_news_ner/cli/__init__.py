"""The command ``arabic-news-ner``: arguments, files and lines in; the result to standard output or a file, an exit status."""
