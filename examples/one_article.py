"""Who and what is an article about?"""

from pathlib import Path

import arabic_news_ner as ann

text = (Path(__file__).parent / "article.txt").read_text(encoding="utf-8")
article = ann.extract(text)

for person in article.people:
    offices = "، ".join(dict.fromkeys(role.text for role in person.roles))
    print(f"{person.name} ({len(person.mentions)}): {offices}")

for entity in (*article.organizations, *article.places):
    print(f"{entity.label} {entity.subtype}: {entity.name}")

print("offices without a name:", "، ".join(role.text for role in article.roles))

# every mention stands at its exact place in the text that was passed
for mention, entity in article.mentions():
    assert text[mention.start : mention.end] == mention.text
    assert mention in entity.mentions
