"""``python -m arabic_news_ner``: the command line."""

import sys

from arabic_news_ner.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
