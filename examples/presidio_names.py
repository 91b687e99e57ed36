"""Names of people in an Arabic text, covered: Presidio on top of the spaCy component."""

# needs: presidio-analyzer

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

TEXT = "استقبل وزير النقل سامي حداد في طرابلس مدير شركة الواحة رامي الصغير."


def analyzer(model: str = "base") -> AnalyzerEngine:
    """An analyzer for Arabic whose names come from the component ``arabic_news_ner``."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer

    nlp = spacy.blank("ar")
    nlp.add_pipe("arabic_news_ner", config={"model": model})
    labels = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION"}
    engine = SpacyNlpEngine(
        models=[{"lang_code": "ar", "model_name": "blank"}],
        ner_model_configuration=NerModelConfiguration(
            model_to_presidio_entity_mapping=labels, labels_to_ignore=[], low_score_entity_names=[]
        ),
    )
    engine.nlp = {"ar": nlp}  # a pipeline that is made here has no name to be loaded by
    registry = RecognizerRegistry(supported_languages=["ar"])
    registry.add_recognizer(SpacyRecognizer(supported_language="ar", supported_entities=list(labels.values())))
    return AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=["ar"])


def covered(text: str, engine: AnalyzerEngine) -> str:
    """The text with ``[PERSON]`` in place of each name of a person."""
    found = [r for r in engine.analyze(text, language="ar") if r.entity_type == "PERSON"]
    for result in sorted(found, key=lambda r: r.start, reverse=True):
        text = text[: result.start] + "[PERSON]" + text[result.end :]
    return text


if __name__ == "__main__":
    print(covered(TEXT, analyzer()))
