from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest

from corpus.model import DraftKind, Piece
from workbench.engines import choice
from workbench.engines.argos.engine import ArgosEngine
from workbench.engines.choice import choose_engine, engine_names
from workbench.engines.contract import EngineContract
from workbench.engines.guard import GuardedEngine
from workbench.engines.libretranslate import KEY_VARIABLE, LibreTranslateEngine
from workbench.engines.protocol import DraftedText, ModelIdentity, notice
from workbench.errors import EngineError
from workbench.settings import Settings


class Shouting:
    """An engine as another package may bring it."""

    identity = ModelIdentity("shouting", "loud", "1", "", DraftKind.TRANSLATION, "ar", "en")

    def draft(self, texts, cancelled=lambda: False):
        for index, text in enumerate(texts):
            if cancelled():
                return
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            words = text.strip() and f"{text.strip()}!"
            yield DraftedText(index, words, (Piece(start, end, words),) if words else ())

    def close(self):
        pass


def make_shouting(request):
    return Shouting() if request.target_language == "en" else None


def make_broken(_request):
    raise KeyError("no such thing")


not_callable = None


@pytest.fixture
def plugins(monkeypatch):
    """Let entry points stand that lead into this file, as an installed package would have them."""
    points = [
        EntryPoint(name, f"{__name__}:{value}" if value else "no_such_module:make", choice.GROUP)
        for name, value in {
            "shouting": "make_shouting",
            "broken": "make_broken",
            "nothing": "not_callable",
            "missing": "",
            "argos": "make_broken",
        }.items()
    ]
    monkeypatch.setattr(choice, "entry_points", lambda *, group: points if group == choice.GROUP else [])


class TestGuardedContract(EngineContract):
    def make(self):
        return GuardedEngine("shouting", Shouting())


class TestArgosContract(EngineContract):
    def make(self):
        from workbench.engines.argos.packages import bundled

        return ArgosEngine(bundled()[0], threads=1)


def test_argos_is_the_engine_unless_another_is_wanted(home):
    assert isinstance(choose_engine(home, Settings(), "ar", "en"), ArgosEngine)
    assert choose_engine(home, Settings(), "xx", "en") is None


def test_libretranslate_is_used_when_its_name_and_address_are_set_and_never_else(home, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "secret")
    with_address = Settings(libretranslate_url="https://translate.example.org")
    assert isinstance(choose_engine(home, with_address, "ar", "en"), ArgosEngine)
    assert choose_engine(home, with_address, "xx", "en") is None
    chosen = choose_engine(home, replace(with_address, engine="libretranslate"), "ar", "en")
    assert isinstance(chosen, LibreTranslateEngine)
    assert "translate.example.org" in notice(chosen)
    with pytest.raises(EngineError, match="libretranslate_url is not set"):
        choose_engine(home, Settings(engine="libretranslate"), "ar", "en")


def test_an_installed_package_brings_an_engine(home, plugins):
    engine = choose_engine(home, Settings(engine="shouting"), "ar", "en")
    assert [drafted.text for drafted in engine.draft(["من", ""])] == ["من!", ""]
    assert notice(engine) == ""
    assert choose_engine(home, Settings(engine="shouting"), "ar", "fr") is None
    assert isinstance(choose_engine(home, Settings(engine="shouting"), "ar", "en", "argos"), ArgosEngine)
    assert {"argos", "libretranslate", "shouting", "broken"} <= set(engine_names())


@pytest.mark.parametrize(
    ("name", "reason"), [("broken", "no such thing"), ("missing", "no_such_module"), ("nothing", "NoneType")]
)
def test_a_broken_package_is_told_in_words(home, plugins, name, reason):
    with pytest.raises(EngineError, match=f"“{name}”.* is broken: .*{reason}"):
        choose_engine(home, Settings(engine=name), "ar", "en")


def test_a_wrong_name_is_answered_with_the_nearest(home, plugins):
    with pytest.raises(EngineError, match="no engine called “argo") as caught:
        choose_engine(home, Settings(engine="argoss"), "ar", "en")
    assert "Did you mean “argos”?" in caught.value.hint


def faulty(drafts):
    class Faulty(Shouting):
        def draft(self, *_):
            yield from drafts()

    return GuardedEngine("faulty", Faulty())


def raising():
    yield DraftedText(0, "good", ())
    raise ZeroDivisionError("division by zero\x1b[2J")


@pytest.mark.parametrize(
    ("drafts", "reason"),
    [
        (raising, "ZeroDivisionError: division by zero␛"),
        (lambda: ["text"], "not a DraftedText"),
        (lambda: [DraftedText(1, "a", ())], "draft 1 came where 0"),
        (lambda: [DraftedText(0, "a", ()), DraftedText(1, "a", ())], "draft 1 came where 1"),
        (lambda: [DraftedText(0, "a", (Piece(0, 9, "a"),))], "outside its text"),
        (lambda: [DraftedText(0, "a", (Piece(1, 2, "a"), Piece(0, 1, "b")))], "before the piece before it"),
    ],
)
def test_what_an_engine_does_wrong_ends_the_draft_and_nothing_else(drafts, reason):
    with pytest.raises(EngineError, match=f"“faulty” is broken: .*{reason}"):
        list(faulty(drafts).draft(["من"]))


def test_errors_of_an_engine_that_speaks_our_language_are_its_own():
    def refused():
        raise EngineError("No paper.", "Buy some.")

    with pytest.raises(EngineError, match=r"No paper\."):
        list(faulty(refused).draft(["من"]))


def test_an_identity_that_is_none_is_told():
    class Nameless(Shouting):
        identity = "me"

    with pytest.raises(EngineError, match="not a ModelIdentity"):
        GuardedEngine("nameless", Nameless()).identity  # noqa: B018


def test_the_command_takes_an_engine_by_name(tarjama, tmp_path, plugins):
    (tmp_path / "a.txt").write_text("قال المتحدث", encoding="utf-8")
    assert tarjama("init", "p.tarjama").code == 0
    assert tarjama("import", "p.tarjama", "a.txt").code == 0
    done = tarjama("draft", "p.tarjama", "--engine", "shouting")
    assert "Drafted 1 segments (translation by loud 1)." in done.out
    assert "Drafted 0 segments" in tarjama("draft", "p.tarjama", "--engine", "shouting").out
    wrong = tarjama("draft", "p.tarjama", "--engine", "shoutin")
    assert (wrong.code, "shouting" in wrong.err) == (2, True)
