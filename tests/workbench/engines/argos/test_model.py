import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engines.argos.encoding import Encoded, encoded
from workbench.engines.argos.model import load, longest_output
from workbench.engines.argos.packages import bundled, read_package
from workbench.errors import EngineError

SOURCE = ["▁قال", "▁المتحدث", "▁في", "▁المدينة", "▁."]
TARGET = ["▁said", "▁spokesman", "▁in", "▁city", "▁."]


@pytest.fixture(scope="module")
def model(tiny_folder):
    return load(read_package(tiny_folder), 1)


@pytest.fixture(scope="module")
def gloss():
    return load(bundled()[0], 1)


def decode(model, sources, **options):
    return [pending.result() for pending in model.submit(sources, **{"beam_size": 2, **options})]


def test_text_becomes_tokens_and_tokens_text(model):
    assert model.encode("قـــال \u200fالمتحدث\u200e في المدينة .") == SOURCE
    assert model.encode_target("said spokesman in city .") == TARGET
    assert model.decode_tokens(["▁said", "▁user_name"]) == "said user_name"


def test_the_gloss_has_target_tokens_of_several_words(gloss):
    assert gloss.encode_target("said the spokesman in Zakariya") == ["▁said", "▁the▁spokesman", "▁in", "▁Zakariya"]
    assert gloss.encode_target(" ") == []


def test_each_sentence_is_decoded_in_its_place(model):
    (first,), (second,) = decode(model, [SOURCE, ["▁من"]])
    assert (first.tokens, second.tokens) == (TARGET, ["▁from"])
    assert not first.capped
    assert first.attention is None
    assert first.score_mean == pytest.approx(0, abs=0.01)


def test_attention_has_a_row_for_each_target_token(model):
    ((decoded,),) = decode(model, [SOURCE], attention=True)
    assert decoded.attention.shape == (5, 5)
    assert list(decoded.attention.argmax(axis=1)) == [0, 1, 2, 3, 4]


def test_a_prefix_is_kept_and_does_not_count_in_the_score(model):
    prefix = ["▁said", "▁truce"]
    (decoded,), (free,) = decode(model, [SOURCE, SOURCE], target_prefixes=[prefix, None], attention=True)
    assert decoded.tokens == [*prefix, "▁in", "▁city", "▁."]
    assert decoded.attention.shape == (5, 5)
    assert decoded.score_mean == pytest.approx(0, abs=0.01)
    assert free.tokens == TARGET


def test_what_is_suppressed_stands_nowhere(model):
    ((decoded,),) = decode(model, [SOURCE], suppress=[["▁city"]])
    assert "▁city" not in decoded.tokens
    assert decoded.score_mean < -0.1


def test_alternatives_differ_after_the_prefix(model):
    (found,) = decode(model, [SOURCE], target_prefixes=[["▁said"]], alternatives=3, attention=True)
    assert len({decoded.tokens[1] for decoded in found}) == 3
    assert found[0].tokens == TARGET
    assert all(decoded.tokens[0] == "▁said" and len(decoded.attention) == len(decoded.tokens) for decoded in found)
    assert [decoded.score_mean for decoded in found] == sorted((d.score_mean for d in found), reverse=True)


def test_each_sentence_is_cut_at_its_own_length(model):
    (short,), (whole,) = decode(model, [SOURCE, SOURCE], longest=[3, 50])
    assert (short.tokens, short.capped) == (TARGET[:3], True)
    assert (whole.tokens, whole.capped) == (TARGET, False)


def test_a_prefix_is_longer_than_the_limit(model):
    ((decoded,),) = decode(model, [["▁من"]], longest=[2], target_prefixes=[TARGET])
    assert decoded.tokens[:5] == TARGET


def test_the_limit_grows_with_the_source():
    assert [longest_output(["▁من"] * count) for count in (0, 1, 100, 1000)] == [16, 18, 216, 256]


def test_any_text_is_aligned(model):
    matrix = model.align(SOURCE, ["▁truce", "▁spokesman", "▁truce"])
    assert matrix.shape == (3, 5)
    assert list(matrix.argmax(axis=1)) == [0, 1, 2]
    assert matrix.sum(axis=1) == pytest.approx([1, 1, 1], abs=0.01)


@pytest.mark.parametrize(("source", "target", "shape"), [([], ["▁in"], (1, 0)), (SOURCE, [], (0, 5))])
def test_nothing_aligns_with_nothing(model, source, target, shape):
    assert model.align(source, target).shape == shape


def test_probabilities_tell_a_good_target_from_a_bad_one(model):
    good, bad = model.log_probabilities([SOURCE, SOURCE], [TARGET, [*TARGET[:3], "▁truce", "▁."]])
    assert good == pytest.approx([0] * 6, abs=0.01)
    assert bad[3] < -1
    assert len(bad) == 6


def test_nothing_is_decoded_from_nothing(model):
    assert model.submit([], beam_size=2) == []
    assert decode(model, [[]])[0][0].tokens == []


def test_a_package_may_begin_every_translation_with_a_token_of_its_own(model):
    from workbench.engines.argos.model import LoadedModel

    class WithStart:
        tokenizer = model._argos_package.tokenizer
        target_prefix = "▁truce"

    started = LoadedModel(model.package, WithStart(), model._translator)
    (decoded,), (prefixed,) = decode(started, [SOURCE, SOURCE], target_prefixes=[None, ["▁in"]], attention=True)
    assert decoded.tokens == TARGET[1:]
    assert len(decoded.attention) == 4
    assert prefixed.tokens == ["▁in", *TARGET[2:]]
    assert started.align(SOURCE, TARGET).shape == (5, 5)
    assert len(started.log_probabilities([SOURCE], [TARGET])[0]) == 6


def test_what_the_decoder_refuses_is_told(model):
    with pytest.raises(EngineError, match="failed while drafting"):
        decode(model, [SOURCE], beam_size=0)


def test_tokens_have_their_place_in_the_text_as_it_is(model):
    text = "قـــال \u200f\u202bالمتحدث\u202c  زكريا."
    found = model.encode_with_offsets(text)
    assert [one.token for one in found] == model.encode(text)
    assert [text[one.start : one.end] for one in found] == ["قـــال", "المتحدث", "زكريا."]


@given(st.text(alphabet=[*"قالفيمن .؟…\n\t\u0640\u200f\u202b\u00a0[b]😀_ﷲ،"], max_size=60))
@settings(max_examples=100, deadline=None)
def test_places_lie_in_order_inside_any_text(gloss, text):
    found = gloss.encode_with_offsets(text)
    assert [one.token for one in found] == gloss.encode(text)
    position = 0
    for one in found:
        assert position <= one.start <= one.end <= len(text)
        position = one.end


def test_moses_tokens_are_looked_for():
    class Moses:
        def encode(self, _text):
            return ["قا@@", "ل", "&quot;", "نعم", "."]

    text = "قـال \u200f«نعم»."
    assert encoded(text, Moses()) == [
        Encoded("قا@@", 0, 3),
        Encoded("ل", 3, 4),
        Encoded("&quot;", 4, 4),
        Encoded("نعم", 7, 10),
        Encoded(".", 11, 12),
    ]
