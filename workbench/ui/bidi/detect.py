"""Tell how Arabic has to be written to a terminal, from what it says of itself and from the environment.

Every rule was found on the terminal it names, or read in its source where the comment says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from workbench.ui.bidi.emit import Emitter

QUESTIONS = "\x1b[>q\x1b[8$p\x1b[>c\x1b[c"
"""XTVERSION, DECRQM of mode 8 (BDSM), DA2, and DA1 as the fence: every terminal answers DA1, and answers it last."""

_FENCE = re.compile(r"\x1b\[\?[\d;]*c")
_VTE_WITH_BIDI = 5800  # GNOME Terminal and its kin order since VTE 0.58
_MULTIPLEXERS = ("tmux", "screen")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal said: its name and version, its state of mode 8, its secondary attributes; empty where silent.

    ``outer`` is the name and version of the terminal behind a multiplexer, where that tells.
    """

    version: str = ""
    bidi_mode: str = ""
    attributes: str = ""
    outer: str = ""

    @classmethod
    def of(cls, reply: str, outer: str = "") -> Answers:
        """Read the reply to ``QUESTIONS``; whatever else it holds is left aside."""

        def found(pattern: str) -> str:
            match = re.search(pattern, reply)
            return match[1] if match else ""

        return cls(found(r"\x1bP>\|([^\x1b]*)\x1b\\"), found(r"\x1b\[8;(\d)\$y"), found(r"\x1b\[>([\d;]*)c"), outer)


def is_complete(reply: str) -> bool:
    """Tell whether a reply has reached the fence."""
    return _FENCE.search(reply) is not None


@dataclass(frozen=True, slots=True)
class Modes:
    """What to write to the terminal before the first and after the last screen."""

    enter: str = ""
    leave: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """How to write Arabic to a terminal.

    ``why`` names the terminal as recognized; ``hint`` is what its user could do to see better, if anything.
    ``multiplexer`` tells whether one stands between.
    """

    emitter: Emitter
    why: str
    marks: bool = True
    modes: Modes = Modes()
    hint: str = ""
    multiplexer: bool = False


# Mode 8 is BDSM (ECMA-48, 7.2.1): reset it and the terminal shows characters in the order they come.
_NONE = Modes()
_EXPLICIT = Modes("\x1b[8l", "\x1b[8h")
_MLTERM = Modes("\x1b]5379;use_ctl=false\x07", "\x1b]5379;use_ctl=true\x07")


def detect(
    environment: Mapping[str, str], answers: Answers | None = None, *, bidi: str = "auto", marks: str = "auto"
) -> Profile:
    """Return how to write to the terminal; ``bidi`` and ``marks`` are the user's settings and win."""
    answers = answers or Answers()
    profile = replace(_recognize(environment, answers), multiplexer=_in_multiplexer(environment, answers))
    if bidi != "auto":
        profile = _chosen(bidi, profile)
    if marks != "auto":
        profile = replace(profile, marks=marks == "show")
    return profile


def emitter_of(bidi: str, *, multiplexer: bool) -> Emitter:
    """Return how the setting ``bidi``, other than auto, writes: Konsole's way depends on what stands between."""
    if bidi == "off":
        return Emitter.LOGICAL
    if bidi == "konsole":
        return _konsole(multiplexer=multiplexer)
    return Emitter(bidi)


def _konsole(*, multiplexer: bool) -> Emitter:
    return Emitter.KONSOLE if multiplexer else Emitter.KARMOR


def _chosen(bidi: str, found: Profile) -> Profile:
    emitter, why = emitter_of(bidi, multiplexer=found.multiplexer), f"set by bidi = {bidi}"
    if emitter is found.emitter:
        return replace(found, why=why)
    explicit = bidi in {"app", "off"} and not found.multiplexer  # nobody is to order: off is for screen readers
    return Profile(
        emitter,
        why,
        marks=emitter is not Emitter.KITTY,
        modes=_EXPLICIT if explicit else _NONE,
        multiplexer=found.multiplexer,
    )


def _recognize(environment: Mapping[str, str], answers: Answers) -> Profile:  # noqa: PLR0911  (a list of terminals)
    if environment.get("TEXTUAL_DRIVER"):  # served to a browser: there is no terminal to ask or to tell
        return Profile(Emitter.VISUAL, "a browser")
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    behind = _in_multiplexer(environment, answers)
    named = answers.outer if behind else answers.version
    where = " behind a multiplexer" if behind else ""
    modes = _NONE if behind else _EXPLICIT
    if named.startswith("Konsole") or (environment.get("KONSOLE_VERSION") and not named):
        return Profile(_konsole(multiplexer=behind), "Konsole" + where)
    if named.startswith("kitty") or term == "xterm-kitty" or (environment.get("KITTY_WINDOW_ID") and not named):
        hint = 'With `force_ltr yes` in kitty.conf set bidi = "app" here: then vowel marks are shown too.'
        return Profile(Emitter.KITTY, "kitty" + where, marks=False, hint=hint)
    if answers.attributes == "0;115;0" and not behind:
        return Profile(Emitter.SPLIT, "QTerminal or its kin")
    if not behind and ("MLTERM" in environment or term.startswith("mlterm") or answers.attributes.startswith("24;279")):
        return Profile(Emitter.VISUAL, "mlterm", modes=_MLTERM)
    if _orders_by_mode_8(environment, answers):
        return Profile(Emitter.ARMOR, "VTE or its kin" + where, modes=modes)
    if program in {"Apple_Terminal", "iTerm.app"} or environment.get("LC_TERMINAL") == "iTerm2":
        return Profile(Emitter.ARMOR, "a terminal of macOS")  # read in issue threads, not tried
    if answers.attributes == "0;136;0" or term.startswith("putty"):
        hint = "PuTTY: turn on Terminal > Features > Disable bidirectional text display."
        return Profile(Emitter.VISUAL, "PuTTY", hint=hint, modes=modes)
    return Profile(Emitter.VISUAL, "no terminal that orders" + where, modes=modes)


def _orders_by_mode_8(environment: Mapping[str, str], answers: Answers) -> bool:
    vte = environment.get("VTE_VERSION", "")  # whatever is started in a VTE terminal inherits it
    named = answers.outer if answers.version.startswith("tmux") else answers.version
    return (
        answers.bidi_mode in {"1", "2", "3", "4"}
        or answers.attributes.startswith("65;")
        or named.startswith("VTE")
        or (vte.isdigit() and int(vte) >= _VTE_WITH_BIDI and not named)
    )


def _in_multiplexer(environment: Mapping[str, str], answers: Answers) -> bool:
    return (
        bool(environment.get("TMUX") or environment.get("STY"))
        or answers.version.startswith("tmux")
        or environment.get("TERM", "").startswith(_MULTIPLEXERS)
    )
