"""Two models, one after the other: pieces keep their places in the source, and nothing passes for a translation."""

import json

import pytest

from corpus.model import DraftKind, Piece
from workbench.engines.argos.choosing import route
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.argos.packages import install_file, read_package
from workbench.engines.choice import choose_engine
from workbench.engines.contract import EngineContract
from workbench.engines.pivot import PivotEngine
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.errors import PackageError
from workbench.settings import Settings

TEXT = "قال المتحدث في المدينة .\n\nقال المتحدث ؟"


@pytest.fixture
def engine(tiny_folder, french_folder):
    first, second = (ArgosEngine(read_package(folder), threads=1) for folder in (tiny_folder, french_folder))
    return PivotEngine(first, second)


def test_pieces_keep_their_places_in_the_source(engine):
    (drafted,) = engine.draft([TEXT])
    assert drafted.text == "dit porte-parole dans ville .\n\ndit porte-parole ?"
    assert [TEXT[piece.start : piece.end] for piece in drafted.pieces] == ["قال المتحدث في المدينة .", "قال المتحدث ؟"]
    assert [piece.text for piece in drafted.pieces] == ["dit porte-parole dans ville .", "dit porte-parole ?"]
    assert all(piece.score is not None and piece.score <= 0.01 for piece in drafted.pieces)


def test_it_says_what_it_is(engine):
    identity = engine.identity
    assert identity.name == "translate-ar_en-tiny + translate-en_fr-tiny through en"
    assert (identity.engine, identity.kind, identity.version) == ("argos", DraftKind.PIVOT, "1.0 + 1.0")
    assert (identity.source_language, identity.target_language, len(identity.sha256)) == ("ar", "fr", 64)


def test_texts_come_in_order_and_empty_ones_too(engine):
    texts = ["", *(f"قال {number} في المدينة ." for number in range(300)), " "]
    drafts = list(engine.draft(texts))
    assert [drafted.index for drafted in drafts] == list(range(302))
    assert [drafted.text for drafted in drafts] == ["", *(f"dit {n} dans ville ." for n in range(300)), ""]
    assert list(engine.draft([])) == []


def test_a_cancelled_job_stops_and_what_came_is_whole(engine):
    seen = []
    seen.extend(drafted.text for drafted in engine.draft([TEXT] * 2000, cancelled=lambda: len(seen) >= 10))
    assert 10 <= len(seen) < 1000
    assert set(seen) == {"dit porte-parole dans ville .\n\ndit porte-parole ?"}


def test_a_closed_engine_loads_again(engine):
    first = list(engine.draft([TEXT]))
    engine.close()
    assert list(engine.draft([TEXT])) == first


class TestPivotContract(EngineContract):
    """What is asked of every engine."""

    @pytest.fixture(autouse=True)
    def _folders(self, tiny_folder, french_folder):
        self.folders = (tiny_folder, french_folder)

    def make(self):
        return PivotEngine(*(ArgosEngine(read_package(folder), threads=1) for folder in self.folders))


class Fixed:
    """An engine of another kind, whose drafts are given."""

    def __init__(self, kind, *drafts):
        self.identity = ModelIdentity("fixed", "f", "1", "0" * 64, kind, "ar", "en")
        self.drafts = drafts

    def draft(self, texts, _cancelled=lambda: False):
        for index, _ in enumerate(texts):
            yield DraftedText(index, *self.drafts[index % len(self.drafts)])

    def close(self):
        pass


def test_flags_of_both_are_kept_and_a_missing_score_stays_missing():
    first = Fixed(DraftKind.TRANSLATION, ("a b", (Piece(0, 1, "a", -1.0), Piece(2, 3, "b")), ("length-cap",)))
    second = Fixed(DraftKind.TRANSLATION, ("x", (Piece(0, 1, "x", -0.5),), ("copied",)))
    (drafted,) = PivotEngine(first, second).draft(["ا ب"])
    assert drafted == DraftedText(
        0, "x x", (Piece(0, 1, "x", -1.5), Piece(2, 3, "x")), ("copied", "length-cap")
    )  # fmt: skip


def test_a_gloss_stays_a_gloss(tiny):
    assert PivotEngine(Fixed(DraftKind.GLOSS), ArgosEngine(tiny)).identity.kind is DraftKind.GLOSS


@pytest.fixture
def both(home, pack, french_folder):
    install_file(pack(), home.models)
    install_file(pack(top="translate-en_fr-tiny", folder=french_folder), home.models)


def test_it_is_chosen_where_no_package_translates_directly(home, both):
    assert [package.name for package in route(home.models, "ar", "fr")] == [
        "translate-ar_en-tiny",
        "translate-en_fr-tiny",
    ]
    assert choose_engine(home, Settings(), "ar", "fr").identity.kind is DraftKind.PIVOT
    assert choose_engine(home, Settings(), "ar", "en").identity.kind is DraftKind.TRANSLATION
    assert choose_engine(home, Settings(), "fr", "ar") is None


def test_a_gloss_is_nothing_to_translate_further(home, pack, french_folder):
    install_file(pack(top="translate-en_fr-tiny", folder=french_folder), home.models)
    assert choose_engine(home, Settings(), "ar", "fr") is None


def test_a_direct_package_goes_before_it(home, both, pack):
    direct = {"translate-ar_fr-x/metadata.json": json.dumps(
        {"package_version": "1.0", "from_code": "ar", "to_code": "fr"}
    ).encode()}  # fmt: skip
    install_file(pack(direct, top="translate-ar_fr-x"), home.models)
    assert choose_engine(home, Settings(), "ar", "fr").identity.name == "translate-ar_fr-x"


def test_settings_and_options_choose_a_version(home, pack):
    for version in ("1.0", "2.0", "3.0"):
        install_file(pack(version=version), home.models)
    assert choose_engine(home, Settings(), "ar", "en").identity.version == "3.0"
    settings = Settings(models="other translate-ar_en-tiny@1.0")
    assert choose_engine(home, settings, "ar", "en").identity.version == "1.0"
    assert choose_engine(home, settings, "ar", "en", model="translate-ar_en-tiny@2.0").identity.version == "2.0"
    assert choose_engine(home, settings, "ar", "en", model="translate-ar_en-gloss").identity.kind is DraftKind.GLOSS
    with pytest.raises(PackageError, match="No model called"):
        choose_engine(home, settings, "ar", "en", model="translate-ar_en-tiny@4.0")
