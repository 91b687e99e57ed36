"""How an index of synthetic articles grows: time to add, time to search, bytes a mention, at doubling sizes.

    python -m benchmarks.archive --articles 1000000 --folder /somewhere/with/room

Articles are invented: each has six people, organizations and places of a vocabulary whose names are drawn by Zipf's law, as in
news, and a few mentions of each. What is timed is the index alone, not the reading of texts.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from arabic_news_ner.archive import EntityIndex
from arabic_news_ner.types import Article, Entity, Mention

GIVEN = (
    "سالم نزار وليد هدى ليلى خالد مروان طلال بشير عدنان فراس نبيل حازم زكريا تيسير شكري رضوان عصام كريم منى سامي ياسر عبدالله "
    "مصطفى إبراهيم فاطمة زينب رامي هاني جميل"
).split()
FAMILY = (
    "الخطيب العطار النجار الورفلي الكيلاني الفاسي الحمداني الشرقاوي القحطاني البغدادي الزنتاني الفرجاني العريبي الحداد المنصوري "
    "الدليمي الهاشمي التميمي الجبوري الأنصاري الشمري العتيبي المطيري الدوسري الحربي الزهراني الغامدي الشهري العنزي الرشيدي"
).split()
HEAD_NOUNS = "وزارة هيئة شركة جامعة بلدية منظمة نادي بنك مؤسسة جمعية".split()
FIELDS = "الصحة التعليم الزراعة الطاقة النقل الإسكان الثقافة الرياضة السياحة الصناعة التجارة المياه البيئة العمل العدل".split()
TOWNS = "صفاقس سبها مصراتة بنغازي درنة طبرق غريان زليتن الخمس ترهونة المرج أجدابيا هون غات مرزق".split()
ENTITIES, MENTIONS = 6, 3


def vocabulary(size: int) -> list[tuple[str, str]]:
    """(label, name): two people of three names for each organization of a town."""
    people = (f"{a} {b} {c}" for c in FAMILY for a in GIVEN for b in GIVEN)
    organizations = (f"{head} {field} {town}" for town in TOWNS for head in HEAD_NOUNS for field in FIELDS)
    out: list[tuple[str, str]] = [("LOC", town) for town in TOWNS]
    for person, organization in zip(people, itertools.cycle(organizations)):
        out.append(("PER", person))
        if len(out) % 3 == 0:
            out.append(("ORG", organization))
        if len(out) >= size:
            break
    return out


def articles(
    count: int, names: list[tuple[str, str]], seed: int = 0
) -> Iterator[tuple[str, Article, dict[str, str | None]]]:
    """``(id, article, details)`` for :meth:`EntityIndex.add_many`."""
    dice = random.Random(seed)
    order = list(names)
    dice.shuffle(order)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(order))))
    for number in range(count):
        drawn = dict.fromkeys(dice.choices(order, cum_weights=weights, k=ENTITIES))
        entities = []
        for place, (label, name) in enumerate(drawn):
            starts = range(place * 400, place * 400 + MENTIONS * 50, 50)
            mentions = tuple(Mention(s, s + len(name), name, 0.9) for s in starts)
            subtype = {"PER": None, "ORG": "other", "LOC": "city"}[label]
            entities.append(Entity(f"e{place}", label, subtype, name, mentions, salience=0.5))  # type: ignore[arg-type]
        date = f"{2015 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        details: dict[str, str | None] = {"date": date, "url": f"https://example.org/{number}"}
        yield f"{number:09}", Article("", headline="خبر", entities=tuple(entities)), details


def searches(index: EntityIndex, names: list[tuple[str, str]], seed: int = 1) -> dict[str, float]:
    """Milliseconds of processor time of the median and of the slowest search: whole names, single words, unfinished words and
    other spellings."""
    dice = random.Random(seed)
    times = []
    for _, name in dice.choices(names, k=40):
        words = name.split()
        for query in (name, words[-1], words[-1][:3], words[0], words[0][:-1] + "ى"):
            start = time.process_time()
            index.search(query)
            times.append(1000 * (time.process_time() - start))
    times.sort()
    return {"search_median_cpu_ms": round(times[len(times) // 2], 2), "search_slowest_cpu_ms": round(times[-1], 2)}


def questions(index: EntityIndex) -> dict[str, float]:
    """Milliseconds of processor time of other questions, about the entity of most articles where they are about one."""
    number = index.entities(limit=1)[0].id
    asked: dict[str, Callable[[], object]] = {
        "top": lambda: index.entities("PER", limit=20),
        "top_of_a_month": lambda: index.entities(since="2020-06", until="2020-06", limit=20),
        "newest_articles": lambda: index.articles(number, limit=20),
        "days_of_a_year": lambda: index.daily(number, since="2020", until="2020"),
        "all_days": lambda: index.daily(number),
        "together_in_a_month": lambda: index.together(number, since="2020-06", until="2020-06"),
        "together": lambda: index.together(number),
    }
    out = {}
    for name, question in asked.items():
        start = time.process_time()
        question()
        out[f"{name}_cpu_ms"] = round(1000 * (time.process_time() - start), 2)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000, help="articles at the end")
    parser.add_argument("--steps", type=int, default=4, help="sizes, each twice the one before")
    parser.add_argument("--names", type=int, default=30_000, help="names of the vocabulary")
    parser.add_argument("--batch", type=int, default=500, help="articles of a transaction")
    parser.add_argument("--folder", type=Path, help="where the index is made (default: a temporary folder)")
    args = parser.parse_args()
    names = vocabulary(args.names)
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        path = Path(folder) / "news.sqlite"
        stream = articles(args.articles, names)
        done = 0
        with EntityIndex.open(path) as index:
            for step in reversed(range(args.steps)):
                part = (args.articles >> step) - done
                start, processor = time.perf_counter(), time.process_time()
                index.add_many(itertools.islice(stream, part), batch_size=args.batch)
                spent, used = time.perf_counter() - start, time.process_time() - processor
                done += part
                info, size = index.info(), path.stat().st_size
                told = {
                    "articles": done,
                    "entities": info.entities,
                    "mentions": info.mentions,
                    "add_ms_an_article": round(1000 * spent / part, 3),
                    "add_cpu_ms_an_article": round(1000 * used / part, 3),
                    "bytes_a_mention": round(size / info.mentions, 1),
                    "megabytes": round(size / 1e6, 1),
                    **searches(index, names),
                    **questions(index),
                }
                print(json.dumps(told), flush=True)
            start = time.perf_counter()
            found = index.verify()
            print(json.dumps({"verify_s": round(time.perf_counter() - start, 1), "problems": len(found)}))


if __name__ == "__main__":
    main()
