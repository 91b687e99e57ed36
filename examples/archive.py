"""Count the people of an archive: articles are read in batches while they come, results keep their order."""

from collections import Counter
from pathlib import Path

from arabic_news_ner import Extractor

lead, *rest = (Path(__file__).parent / "article.txt").read_text(encoding="utf-8").splitlines()
archive = [lead + "\n" + line for line in rest]  # in life: lines of a file, rows of a database, messages of a queue

extractor = Extractor.load(threads=1)
counts: Counter[str] = Counter()
for article in extractor.pipe(archive, batch_size=16, min_score=0.5):
    counts.update(person.name for person in article.people)

for name, articles in counts.most_common():
    print(articles, name)
