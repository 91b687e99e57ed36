"""Aliases of one entity that no spelling rule connects. They come from the lexicon and from the knowledge base."""

from __future__ import annotations

from collections.abc import Sequence

from arabic_news_ner.coref.clusters import Clusters
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.linking.knowledge_base import Knowledge, Organization, Person
from arabic_news_ner.mentions.surface_forms import SurfaceForm
from arabic_news_ner.text.words import split_words


def merge_aliases(clusters: Clusters, forms: Sequence[SurfaceForm], lexicon: Lexicon) -> set[int]:
    """Join the forms of one row of ``aliases.tsv``; return the numbers of those that are nicknames.

    ``تويتر`` joins ``إكس``, and ``الشياطين الحمر`` joins ``مانشستر يونايتد``, if the article has both names. So ``الأخضر`` is
    the Saudi team only in an article that also names ``المنتخب السعودي``.
    """
    seen: dict[int, int] = {}
    nicknames = set()
    for form in forms:
        alias = lexicon.aliases.get((form.label, form.words))
        if alias is None:
            continue
        if alias.is_nickname:
            nicknames.add(form.number)
        if alias.row in seen:
            clusters.join(form.number, seen[alias.row], "another name of")
        else:
            seen[alias.row] = form.number
    return nicknames


def merge_known_names(clusters: Clusters, forms: Sequence[SurfaceForm], knowledge: Knowledge) -> set[int]:
    """Join the names of one organization of the knowledge base: ``المركزي البريطاني`` joins ``بنك إنجلترا``.

    Only names that mean one organization whatever its subtype and country: never ``الأهلي``. Returns the numbers of the
    forms that are no longer than the preferred name and share no word with it, if the preferred name also occurs.
    """
    seen: dict[Organization | Person, list[SurfaceForm]] = {}
    for form in forms:
        if form.label != "ORG":
            continue
        bearers = knowledge.aliases(form.words, "ORG")
        if len(bearers) != 1 or bearers[0].requires_subtype or bearers[0].requires_country:
            continue
        others = seen.setdefault(bearers[0].entry, [])
        if others:
            clusters.join(form.number, others[0].number, "another name of")
        others.append(form)
    non_canonical: set[int] = set()
    for organization, same in seen.items():
        main = tuple(split_words(organization.name))
        if any(form.words == main for form in same):
            non_canonical |= {f.number for f in same if len(main) >= len(f.words) > 1 and not set(main) & set(f.words)}
    return non_canonical
