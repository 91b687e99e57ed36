"""Tags for words that are split already: BIO, as many as words, in the label set of the news or of ANERcorp."""

from arabic_news_ner import Extractor

sentences = [
    ["وصل", "الرئيس", "الفرنسي", "إيمانويل", "ماكرون", "إلى", "بيروت", "."],
    ["واستقبله", "في", "المطار", "رئيس", "الوزراء", "نجيب", "ميقاتي", "."],
]
extractor = Extractor.load()
for scheme in ("news", "anercorp"):
    print(f"# {scheme}")
    for words, tags in zip(sentences, extractor.tag(sentences, scheme=scheme), strict=True):
        print(" ".join(f"{word}/{tag}" for word, tag in zip(words, tags, strict=True)))
