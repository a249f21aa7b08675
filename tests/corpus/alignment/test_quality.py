"""Alignment of real news, against the alignment that humans gave it."""

import pytest

from corpus.alignment import align_texts


@pytest.fixture(scope="module")
def documents(shared):
    folder = shared / "eval"
    names, arabic, english = (
        (folder / f"ntrex128-dev.{suffix}").read_text(encoding="utf-8").splitlines()
        for suffix in ("docids.tsv", "ar", "en")
    )
    found = {}
    for name, *pair in zip(names, arabic, english, strict=True):
        found.setdefault(name, []).append(pair)
    return list(found.values())[20:40]


def test_clean_news_is_aligned_as_humans_did(documents):
    right = wanted = found = 0
    for document in documents:
        aligned = align_texts(*zip(*document, strict=True))
        # A line may be several sentences: what is inside of one line counts as that line.
        pairs = aligned.pairs
        whole = {(source, target) for source, target in map(tuple, document)}
        inside = sum(any(p.source in s and p.target in t for s, t in whole) for p in pairs if p.is_whole)
        right += inside
        found += sum(pair.is_whole for pair in pairs)
        wanted += len(pairs)
    assert 2 * right / (found + wanted) >= 0.97


def test_another_document_is_no_translation(documents):
    for one, other in zip(documents[:6:2], documents[1:6:2], strict=True):
        assert not align_texts([arabic for arabic, _ in one], [english for _, english in other]).are_translations
