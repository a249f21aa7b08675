"""Terminals by what they said of themselves when they were asked (the replies are recorded from them)."""

from __future__ import annotations

import pytest

from workbench.ui.bidi.detect import Answers, Modes, detect, is_complete
from workbench.ui.bidi.emit import Emitter

XTERM = "\x1bP>|XTerm(379)\x1b\\\x1b[8;0$y\x1b[>41;379;0c\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"
VTE = "\x1b[8;1$y\x1b[>65;7006;1c\x1b[?65;1;9c"
KONSOLE = "\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;221203;0c\x1b[?62;1;4c"
KITTY = "\x1bP>|kitty(0.26.5)\x1b\\\x1b[8;0$y\x1b[>1;4000;26c\x1b[?62;c"
MLTERM = "\x1b[8;0$y\x1b[>24;279;0c\x1b[?63;1;2;3;4;6;7;15;18;22;29c"
ALACRITTY = "\x1b[>0;1100;1c\x1b[?6c"
QTERMINAL = "\x1b[>0;115;0c\x1b[?1;2c"
PUTTY = "\x1b[>0;136;0c\x1b[?6c"
TMUX = "\x1bP>|tmux 3.3a\x1b\\\x1b[>84;0;0c\x1b[?1;2;4c"
IN_TMUX = {"TERM": "tmux-256color", "TMUX": "/run/tmux-0/default,1,0"}


@pytest.mark.parametrize(
    ("reply", "outer", "environment", "emitter"),
    [
        ("", "", {}, Emitter.VISUAL),
        (XTERM, "", {"TERM": "xterm-256color"}, Emitter.VISUAL),
        (XTERM, "", {"VTE_VERSION": "7006"}, Emitter.VISUAL),  # an xterm started in another terminal
        (VTE, "", {}, Emitter.ARMOR),
        ("", "", {"VTE_VERSION": "7006"}, Emitter.ARMOR),
        ("", "", {"VTE_VERSION": "5202"}, Emitter.VISUAL),
        (KONSOLE, "", {}, Emitter.KARMOR),
        ("", "", {"KONSOLE_VERSION": "221203"}, Emitter.KARMOR),
        (KITTY, "", {}, Emitter.KITTY),
        (MLTERM, "", {}, Emitter.VISUAL),
        (ALACRITTY, "", {}, Emitter.VISUAL),
        (QTERMINAL, "", {}, Emitter.SPLIT),
        (PUTTY, "", {}, Emitter.VISUAL),
        ("", "", {"TERM_PROGRAM": "Apple_Terminal"}, Emitter.ARMOR),
        ("", "", {"LC_TERMINAL": "iTerm2"}, Emitter.ARMOR),
        (TMUX, "XTerm(379)", {**IN_TMUX, "KONSOLE_VERSION": "221203"}, Emitter.VISUAL),  # attached elsewhere by now
        (TMUX, "Konsole 22.12.3", IN_TMUX, Emitter.KONSOLE),
        (TMUX, "kitty(0.26.5)", IN_TMUX, Emitter.KITTY),
        (TMUX, "", {**IN_TMUX, "VTE_VERSION": "7006"}, Emitter.ARMOR),
        (TMUX, "", IN_TMUX, Emitter.VISUAL),
        ("", "", {"STY": "1.pts", "KONSOLE_VERSION": "221203"}, Emitter.KONSOLE),
        (VTE, "", {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, Emitter.VISUAL),
    ],
)
def test_terminals_are_recognized(reply, outer, environment, emitter):
    assert detect(environment, Answers.of(reply, outer)).emitter is emitter


def test_modes_are_switched_back_as_they_were_switched():
    assert detect({}, Answers.of(VTE)).modes == Modes("\x1b[8l", "\x1b[8h")
    assert detect({}, Answers.of(MLTERM)).modes.leave == "\x1b]5379;use_ctl=true\x07"
    for environment in (IN_TMUX, {"TEXTUAL_DRIVER": "x:Y"}):
        for bidi in ("auto", "app", "off", "terminal", "split"):
            assert detect(environment, Answers.of(TMUX), bidi=bidi).modes == Modes()


@pytest.mark.parametrize(
    ("bidi", "emitter"),
    [
        ("app", Emitter.VISUAL),
        ("armor", Emitter.ARMOR),
        ("konsole", Emitter.KARMOR),
        ("kitty", Emitter.KITTY),
        ("split", Emitter.SPLIT),
        ("terminal", Emitter.LOGICAL),
        ("off", Emitter.LOGICAL),
    ],
)
def test_the_user_s_choice_wins(bidi, emitter):
    assert detect({}, Answers.of(XTERM), bidi=bidi).emitter is emitter
    assert detect({}, Answers.of(KITTY), bidi=bidi, marks="show").marks
    assert not detect({}, Answers.of(XTERM), bidi=bidi, marks="hide").marks


def test_konsole_by_choice_knows_of_tmux():
    assert detect(IN_TMUX, bidi="konsole").emitter is Emitter.KONSOLE


def test_a_reply_is_complete_at_the_fence_and_not_before():
    assert is_complete(XTERM)
    assert not is_complete(XTERM[:-1])
    assert not is_complete("\x1b[>41;379;0c")


def test_a_reply_with_noise_in_it_is_read():
    assert Answers.of("keys\x1b[A" + XTERM + "more").version == "XTerm(379)"


@pytest.mark.parametrize("bidi", ["auto", "app", "konsole", "terminal"])
def test_a_profile_knows_of_a_multiplexer_whoever_chose_it(bidi):
    assert detect(IN_TMUX, bidi=bidi).multiplexer
    assert not detect({}, bidi=bidi).multiplexer
