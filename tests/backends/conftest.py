"""Small models of the peers, made here and read by the peers' own loaders, offline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arabic_news_ner.text.tokenize import tokenize

GOLDEN = Path(__file__).parents[1] / "golden"
TYPES = {"PER": "PERS", "ORG": "ORG", "LOC": "LOC"}


def sentences():
    """(words, BIO labels) of the lines of the golden articles, labelled from the names of their records."""
    texts = [json.loads(line) for line in (GOLDEN / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    records = [json.loads(line) for line in (GOLDEN / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    out = []
    for text, record in zip(texts, records, strict=True):
        names = {}
        for key, label in (("per", "PERS"), ("org", "ORG"), ("loc", "LOC")):
            for row in record.get(key, []):
                forms = [f for f in row if isinstance(f, str)]
                for form in forms:
                    names[tuple(t.text for t in tokenize(form))] = label
        for line in text["text"].split("\n"):
            words = [t.text for t in tokenize(line)]
            if words:
                out.append((words, labels(words, names)))
    return out


def labels(words, names):
    out = ["O"] * len(words)
    for name, label in sorted(names.items(), key=lambda item: len(item[0])):
        for at in range(len(words) - len(name) + 1):
            if tuple(words[at : at + len(name)]) == name:
                out[at : at + len(name)] = ["B-" + label] + ["I-" + label] * (len(name) - 1)
    return out


@pytest.fixture(scope="session")
def corpus():
    return sentences()


@pytest.fixture(scope="session")
def bert_folder(tmp_path_factory, corpus):
    """A BERT of two layers of width 64 that has learned the golden articles, in the format of ``save_pretrained``."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from tokenizers import BertWordPieceTokenizer

    folder = tmp_path_factory.mktemp("bert")
    pieces = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    pieces.train_from_iterator([" ".join(w) for w, _ in corpus], vocab_size=1500, show_progress=False)
    pieces.save_model(str(folder))
    tokenizer = transformers.BertTokenizer(str(folder / "vocab.txt"), do_lower_case=False)
    names = ["B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O"]
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer), hidden_size=64, num_hidden_layers=2, num_attention_heads=4, intermediate_size=128,
        num_labels=len(names), id2label=dict(enumerate(names)), label2id={n: i for i, n in enumerate(names)},
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    model = transformers.BertForTokenClassification(config)
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
    rounds = 8
    for number in range(rounds):
        for group in optimizer.param_groups:  # slower and slower: what is learned last would be all that stays
            group["lr"] = 3e-3 * (1 - number / rounds)
        for words, tags in corpus:
            ids, wanted = [tokenizer.cls_token_id], [-100]
            for word, tag in zip(words, tags, strict=True):
                own = tokenizer.convert_tokens_to_ids(tokenizer.tokenize(word))
                ids += own
                wanted += [names.index(tag)] + [-100] * (len(own) - 1) if own else []
            out = model(input_ids=torch.tensor([ids[:256]]), labels=torch.tensor([wanted[:256]]))
            optimizer.zero_grad()
            out.loss.backward()
            optimizer.step()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def stanza_file(tmp_path_factory, corpus):
    """A recognizer of Stanza's own trainer on the golden articles, with word vectors made here."""
    pytest.importorskip("stanza")
    import random

    from stanza.models import ner_tagger
    from stanza.models.common.pretrain import Pretrain

    folder = tmp_path_factory.mktemp("stanza")
    rng = random.Random(1)
    vocabulary = sorted({word for words, _ in corpus for word in words})
    vectors = folder / "vectors.txt"
    rows = [" ".join([word, *(f"{rng.gauss(0, 1):.3f}" for _ in range(16))]) for word in vocabulary]
    vectors.write_text(f"{len(rows)} 16\n" + "\n".join(rows) + "\n", encoding="utf-8")
    model = folder / "ar_golden.pt"
    Pretrain(str(folder / "ar_golden.pretrain.pt"), str(vectors), save_to_file=True).load()
    data = folder / "data.json"
    data.write_text(
        json.dumps([[{"text": w, "ner": t} for w, t in zip(*pair, strict=True)] for pair in corpus]), encoding="utf-8"
    )
    ner_tagger.main([
        "--mode", "train", "--train_file", str(data), "--eval_file", str(data), "--shorthand", "ar_golden",
        "--wordvec_pretrain_file", str(folder / "ar_golden.pretrain.pt"), "--word_emb_dim", "16",
        "--save_dir", str(folder), "--save_name", model.name, "--hidden_dim", "64", "--char_hidden_dim", "16",
        "--char_emb_dim", "16", "--max_steps", "120", "--eval_interval", "60", "--log_step", "1000",
        "--optim", "adam", "--lr", "0.005", "--dropout", "0.1", "--cpu",
    ])  # fmt: skip
    return model
