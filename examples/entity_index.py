"""An index of two days of news: who appears, how often, with whom."""

from pathlib import Path

from arabic_news_ner import Extractor
from arabic_news_ner.archive import EntityIndex

text = (Path(__file__).parent / "article.txt").read_text(encoding="utf-8")
article = Extractor.load().extract(text)

with EntityIndex.open(":memory:") as index:
    index.add(article, id="1", date="2025-05-14")
    index.add(article, id="2", date="2025-05-15")
    for person in index.entities("PER", limit=3):
        print(person.name, f"{person.articles} articles, {person.mentions} mentions")
        for day in index.daily(person.id):
            print("  ", day.date, day.mentions)
        print("  ", "، ".join(other.name for other in index.together(person.id, limit=5)))
