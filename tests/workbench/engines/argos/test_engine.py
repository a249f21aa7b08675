import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.importing import import_file
from corpus.model import DraftKind
from corpus.segmentation import sentences
from workbench.engines.argos.engine import LENGTH_CAP, ArgosEngine, _chunks
from workbench.engines.argos.lean_import import import_argos
from workbench.engines.argos.model import load
from workbench.engines.argos.packages import bundled, read_package
from workbench.engines.argos.sentences import Sentence
from workbench.errors import EngineError

TEXT = "قال المتحدث في المدينة . قال المتحدث ؟"


def draft_one(engine, text):
    (drafted,) = engine.draft([text])
    return drafted


@pytest.fixture(scope="module")
def engine(tiny_folder):
    return ArgosEngine(read_package(tiny_folder), threads=1)


def test_every_sentence_is_a_piece_with_its_place(engine):
    drafted = draft_one(engine, TEXT)
    assert drafted.text == "said spokesman in city . said spokesman ?"
    assert [TEXT[piece.start : piece.end] for piece in drafted.pieces] == ["قال المتحدث في المدينة .", "قال المتحدث ؟"]
    assert [piece.text for piece in drafted.pieces] == ["said spokesman in city .", "said spokesman ?"]
    assert all(piece.score <= 0.001 for piece in drafted.pieces)


@pytest.mark.parametrize("beam", [1, 2, 4])
def test_unknown_words_are_copied_and_repeated_ones_kept(tiny, beam):
    engine = ArgosEngine(tiny, beam_size=beam, threads=1)
    assert draft_one(engine, "قال قال زكريا في في Kobani 24").text == "said said زكريا in in Kobani 24"


def test_tatweel_and_direction_marks_do_not_hide_a_word(engine):
    assert draft_one(engine, "قـــال \u200fالمتحدث\u200e \u202bفي\u202c").text == "said spokesman in"


def test_underscores_and_line_ends_survive(engine):
    assert draft_one(engine, "قال user_name\n\nفي المدينة").text == "said user_name\n\nin city"


@pytest.mark.parametrize("text", ["", " ", "\n\u00a0\n"])
def test_nothing_gives_nothing(engine, text):
    drafted = draft_one(engine, text)
    assert (drafted.text, drafted.pieces) == ("", ())


def test_drafts_come_in_order_and_whole(engine):
    texts = [f"قال {number} في المدينة ." for number in range(500)]
    drafts = list(engine.draft(texts))
    assert [drafted.index for drafted in drafts] == list(range(500))
    assert [drafted.text for drafted in drafts] == [f"said {number} in city ." for number in range(500)]


def test_a_cancelled_job_stops_between_chunks(engine):
    seen: list[int] = []
    seen.extend(drafted.index for drafted in engine.draft([TEXT] * 2000, cancelled=lambda: len(seen) >= 10))
    assert 10 <= len(seen) < 1000
    assert seen == list(range(len(seen)))


def test_an_overlong_sentence_is_cut_into_pieces_that_lose_nothing(engine):
    text = "، ".join(["قال المتحدث في المدينة مساء الأحد"] * 60)
    drafted = draft_one(engine, text)
    assert len(drafted.pieces) > 1
    assert drafted.text.count("Sunday") + drafted.text.count("الأحد،") == 60
    assert "".join(text[p.start : p.end] for p in drafted.pieces).replace(" ", "") == text.replace(" ", "")
    assert LENGTH_CAP not in drafted.flags


def test_one_endless_word_is_drafted_too(engine):
    assert draft_one(engine, "ق" * 5000).text


@given(st.text(alphabet=[*"قالفيمن .؟!…\n\t\u0640\u200f\u00a0[b]\x1b😀_,،"], max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pieces_lie_in_order_inside_any_text(engine, text):
    drafted = draft_one(engine, text)
    position = 0
    for piece in drafted.pieces:
        assert position <= piece.start < piece.end <= len(text)
        assert text[position : piece.start].strip() == ""
        position = piece.end
    assert text[position:].strip() == ""


def test_it_equals_what_argostranslate_returns_for_the_same_sentences(engine, tiny, tiny_folder):
    """The differential test: same package, same splitter, beam 4, argostranslate's own translate()."""
    argos = import_argos()

    class OurSplitter:
        def split_sentences(self, text):
            return [text[span.start : span.end] for span in sentences(text)]

    package = argos.package.Package(tiny_folder)
    theirs = argos.translate.PackageTranslation(
        argos.translate.Language("ar", "Arabic"), argos.translate.Language("en", "English"), package
    )
    theirs.sentencizer = OurSplitter()
    ours = ArgosEngine(tiny, beam_size=4, threads=1)
    texts = [
        TEXT,
        "هدنة في المدينة",
        "قال زكريا : من المدينة . في مساء الأحد ؟ قال",
        "من",
        "Kobani 24 في المدينة . " * 12,
    ]
    assert [drafted.text for drafted in ours.draft(texts)] == [theirs.translate(text) for text in texts]


def test_it_equals_argostranslate_on_the_bundled_package_and_real_sentences():
    argos = import_argos()
    (gloss,) = bundled()
    translator = argos.package.Package(gloss.path)
    theirs = argos.translate.PackageTranslation(
        argos.translate.Language("ar", "Arabic"), argos.translate.Language("en", "English"), translator
    )
    texts = [
        segment.source
        for article in sorted(Path(str(files("workbench") / "data" / "demo")).glob("*.txt"))
        for segment in import_file(article).segments
    ]
    ours = ArgosEngine(gloss, beam_size=4, threads=1)
    for text, drafted in zip(texts, ours.draft(texts), strict=True):
        # Sentence by sentence, since argostranslate's tokenizer puts no space between two decoded sentences that
        # do not begin with one, such as after a quotation.
        for piece in drafted.pieces:
            theirs.sentencizer = WholeText()
            assert piece.text == theirs.translate(text[piece.start : piece.end])


class WholeText:
    def split_sentences(self, text):
        return [text]


def test_identity_needs_no_model(tiny):
    identity = ArgosEngine(tiny).identity
    assert (identity.engine, identity.name, identity.kind) == ("argos", "translate-ar_en-tiny", DraftKind.TRANSLATION)
    assert len(identity.sha256) == 64


def test_a_closed_engine_loads_again(tiny):
    engine = ArgosEngine(tiny, threads=1)
    first = draft_one(engine, TEXT)
    engine.close()
    assert draft_one(engine, TEXT) == first


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model/model.bin", None),
        ("model/model.bin", b""),
        ("model/model.bin", b"garbage" * 100),
        ("model/source_vocabulary.json", None),
        ("sentencepiece.model", b"garbage"),
        ("sentencepiece.model", None),
    ],
)
def test_a_damaged_model_is_an_error_with_a_way_out(tiny_folder, tmp_path, file, content):
    folder = tmp_path / "translate-ar_en-tiny"
    shutil.copytree(tiny_folder, folder)
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    with pytest.raises(EngineError) as caught:
        draft_one(ArgosEngine(read_package(folder), threads=1), TEXT)
    assert "verify" in caught.value.hint


def test_the_first_chunk_is_what_is_waited_for_and_later_ones_grow(engine):
    """As many tokens as there are words: the first paragraph comes alone, the last chunks have 1024."""
    sizes = [len(chunk) for chunk in chunks_of(["قال المتحدث في المدينة . " * 12] * 200)]
    assert sizes[:5] == [1, 2, 4, 8, 17]
    assert set(sizes[5:-1]) == {17}
    assert sum(sizes) == 200


def test_short_paragraphs_come_together_and_a_long_one_alone(engine):
    assert [len(chunk) for chunk in chunks_of(["قال"] * 70)] == [64, 6]
    assert [len(chunk) for chunk in chunks_of(["قال", "قال " * 5000, "قال"])] == [1, 1, 1]
    assert [len(chunk) for chunk in chunks_of(["", "قال", ""])] == [3]
    assert list(chunks_of([])) == []


def chunks_of(texts):
    return _chunks(texts, lambda text: [Sentence(0, len(text), text.split(), "")] if text else [])


def test_it_goes_on_where_it_stopped(engine):
    texts = [f"قال {number} في المدينة ." for number in range(300)]
    first = []
    first.extend(drafted.text for drafted in engine.draft(texts, cancelled=lambda: len(first) > 20))
    assert 20 < len(first) < 300
    rest = [drafted.text for drafted in engine.draft(texts[len(first) :])]
    assert first + rest == [drafted.text for drafted in engine.draft(texts)]


def test_a_sentence_that_runs_on_is_cut_at_its_own_length_whatever_its_neighbors(tiny_folder):
    """The gloss never runs on, so that the limit is lowered."""
    model = load(read_package(tiny_folder), 1)
    long, short = ["▁قال"] * 40, ["▁قال"] * 5
    (one,), (other,) = [
        pending.result() for pending in model.submit([long, short], beam_size=2, longest=[len(long) + 1, 3])
    ]
    assert (len(one.tokens), one.capped) == (40, False)
    assert (len(other.tokens), other.capped) == (3, True)
