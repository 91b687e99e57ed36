"""Are two forms one person, one organization, one place, one office? Hand-made pairs that must match and pairs that must not."""

from __future__ import annotations

import pytest

from arabic_news_ner.coref.organization_match import match_organizations
from arabic_news_ner.coref.person_match import compatible
from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.roles.rules import phrase_key, same_office
from arabic_news_ner.roles.status import status_of
from arabic_news_ner.text.words import fold, split_words
from tests.entities.markup import rows

LEXICON = Lexicon.load()


@pytest.mark.parametrize(("a", "b", "wanted", "why"), rows("name_pairs.tsv"))
def test_people(a, b, wanted, why):
    for match in (compatible(a, b, LEXICON), compatible(b, a, LEXICON)):
        if wanted == "other":
            assert match is None
        else:
            assert match is not None
            assert match.reason == why


@pytest.mark.parametrize(("label", "a", "b", "wanted", "why"), rows("body_pairs.tsv"))
def test_organizations_and_places(label, a, b, wanted, why):
    short, long = sorted((split_words(a), split_words(b)), key=len)
    match = match_organizations(short, long, label, (None, None), LEXICON)
    if wanted == "other":
        assert match is None
    else:
        assert match is not None
        assert match.reason == why


@pytest.mark.parametrize(("a", "b", "wanted"), rows("office_pairs.tsv"))
def test_offices(a, b, wanted):
    keys = [phrase_key(split_words(phrase), LEXICON) for phrase in (a, b)]
    assert same_office(*keys) == same_office(*reversed(keys)) == (wanted == "same")


@pytest.mark.parametrize(("phrase", "beside", "wanted"), rows("status.tsv"))
def test_status_of_an_office(phrase, beside, wanted):
    assert status_of(phrase, "" if beside == "-" else fold(beside), LEXICON) == tuple(
        w for w in wanted.split() if w != "-"
    )
