"""Joined letters, measured against arabic-reshaper."""

from __future__ import annotations

from arabic_reshaper import ArabicReshaper

from workbench.ui.bidi.shaping import TATWEEL, ZWJ, ZWNJ, shaped, unshaped

RESHAPER = ArabicReshaper({"delete_harakat": False, "delete_tatweel": False, "support_ligatures": False})
LIGATURES = ArabicReshaper(
    {
        "delete_harakat": True,
        "delete_tatweel": False,
        "support_ligatures": True,
        **{f"ARABIC LIGATURE {name}": False for name in ("ALLAH", "BISMILLAH AR-RAHMAN AR-RAHEEM")},
    }
)


def joined(text):
    return "".join(shaped(text, {}))


def test_seeds_are_joined_as_arabic_reshaper_joins_them(shared):
    words = {
        word for path in sorted((shared / "seeds").glob("*.txt")) for word in path.read_text(encoding="utf-8").split()
    }
    bare = {"".join(character for character in word if not "\u064b" <= character <= "\u065f") for word in words}
    assert len(bare) > 600
    assert [(word, joined(word)) for word in sorted(bare)] == [(word, LIGATURES.reshape(word)) for word in sorted(bare)]


def test_joiners_join_and_part():
    assert shaped("بب", {0: ZWNJ}) == ["\ufe8f", "\ufe8f"]
    assert shaped("ب", {0: ZWJ}) == ["\ufe91"]
    assert shaped("لا", {0: ZWNJ}) == ["\ufedd", "\ufe8d"]
    assert joined(f"ب{TATWEEL}ب") == f"\ufe91{TATWEEL}\ufe90"


def test_letters_of_other_languages_in_arabic_script_are_joined():
    assert joined("پچگ") == RESHAPER.reshape("پچگ")


def test_presentation_forms_fold_back_to_letters_and_nothing_else_changes():
    assert unshaped("\ufee1\ufefc\ufeb3 ½ ﬁ ﷲ") == "ملاس ½ ﬁ الله"
    assert unshaped(joined("سلام")) == "سلام"
