"""English words that follow no rule, by hand (Quirk et al., 3.11-3.20, 5.75-5.103): common ones, and those of news."""

from __future__ import annotations

_PLURALS = """
man:men woman:women child:children person:people foot:feet tooth:teeth goose:geese mouse:mice louse:lice ox:oxen
die:dice brother-in-law:brothers-in-law criterion:criteria phenomenon:phenomena datum:data medium:media
bacterium:bacteria memorandum:memoranda curriculum:curricula stratum:strata referendum:referendums automaton:automata
erratum:errata addendum:addenda symposium:symposia index:indices appendix:appendices matrix:matrices vertex:vertices
vortex:vortices axis:axes nucleus:nuclei stimulus:stimuli alumnus:alumni fungus:fungi bacillus:bacilli locus:loci
radius:radii larva:larvae vertebra:vertebrae formula:formulae antenna:antennae corpus:corpora genus:genera
genius:geniuses quiz:quizzes calf:calves elf:elves half:halves hoof:hooves knife:knives leaf:leaves life:lives
loaf:loaves scarf:scarves self:selves sheaf:sheaves shelf:shelves thief:thieves wharf:wharves wife:wives wolf:wolves
cactus:cacti focus:foci syllabus:syllabi bureau:bureaux mujahid:mujahideen fedayee:fedayeen
"""
_VERBS = """
arise/arose/arisen be/am/is/are/was/were/been/being bear/bore/borne become/became begin/began/begun bend/bent
bind/bound bite/bit/bitten bleed/bled blow/blew/blown break/broke/broken breed/bred bring/brought build/built
burn/burnt buy/bought catch/caught choose/chose/chosen cling/clung come/came creep/crept deal/dealt dig/dug
do/did/done draw/drew/drawn dream/dreamt drink/drank/drunk drive/drove/driven eat/ate/eaten fall/fell/fallen feed/fed
feel/felt fight/fought find/found flee/fled fling/flung fly/flew/flown forbid/forbade/forbidden
forget/forgot/forgotten forgive/forgave/forgiven freeze/froze/frozen get/got/gotten give/gave/given go/went/gone
grow/grew/grown hang/hung have/has/had hear/heard hide/hid/hidden hold/held keep/kept kneel/knelt know/knew/known
lay/laid lead/led leap/leapt learn/learnt leave/left lend/lent lie/lay/lain light/lit lose/lost make/made mean/meant
meet/met overcome/overcame overthrow/overthrew/overthrown pay/paid ride/rode/ridden ring/rang/rung rise/rose/risen
run/ran say/said see/saw/seen seek/sought sell/sold send/sent shake/shook/shaken shine/shone shoot/shot show/shown
shrink/shrank/shrunk sing/sang/sung sink/sank/sunk sit/sat slay/slew/slain sleep/slept slide/slid smell/smelt
speak/spoke/spoken spend/spent spin/spun spoil/spoilt spring/sprang/sprung stand/stood steal/stole/stolen stick/stuck
sting/stung stride/strode strike/struck/stricken strive/strove/striven swear/swore/sworn sweep/swept swell/swollen
swim/swam/swum swing/swung take/took/taken teach/taught tear/tore/torn tell/told think/thought throw/threw/thrown
undergo/underwent/undergone understand/understood undertake/undertook/undertaken wake/woke/woken wear/wore/worn
weave/wove/woven weep/wept win/won wind/wound withdraw/withdrew/withdrawn withstand/withstood write/wrote/written
"""
_NOT_PLURALS = """
arms barracks crossroads customs damages goods grounds headquarters humanities means news odds premises proceeds
savings series species talks works forces times people data media mathematics always perhaps besides sometimes towards
afterwards regards thanks colors colours remains securities spirits quarters
"""
_UNCHANGED = """
aircraft spacecraft hovercraft watercraft series species sheep deer fish means offspring headquarters barracks
crossroads police cattle personnel
"""
_UNCOUNTABLE = """
information equipment advice evidence furniture traffic weaponry ammunition artillery research knowledge progress
violence terrorism shelling fighting housing training damage aid humanity peace intelligence infantry cavalry
infrastructure software hardware machinery luggage money wealth poverty
"""
_UNDERSTOOD_ONLY = """
medium datum index formula antenna corpus genus cactus focus syllabus bureau die
"""
_O_WITH_ES = """
hero potato tomato echo veto torpedo mosquito volcano tornado cargo embargo buffalo mango motto
"""
_ENDING_IN_MAN = """
human german roman ottoman shaman talisman norman caiman superhuman
"""
_ENDING_IN_MEN = """
specimen regimen abdomen acumen hymen semen yemen stamen ramen bitumen cyclamen dolmen lumen omen amen turkmen
"""

PLURALS = dict(pair.split(":") for pair in _PLURALS.split())
"""Plurals by their singulars."""

VERBS = {form: base for base, *forms in (line.split("/") for line in _VERBS.split()) for form in forms}
"""Verbs by their past forms and participles."""

NOT_PLURALS = frozenset(_NOT_PLURALS.split())
"""Words whose form in -s is not more of the same thing, and plurals that are words of their own.

A glossary that has them does not mean the singular.
"""

UNCHANGED = frozenset(_UNCHANGED.split())
"""Nouns with one form for both numbers."""

UNCOUNTABLE = frozenset(_UNCOUNTABLE.split())
"""Nouns without a plural."""

UNDERSTOOD_ONLY = frozenset(_UNDERSTOOD_ONLY.split())
"""Nouns with a regular plural beside the one here: both are understood, neither is written."""

O_WITH_ES = frozenset(_O_WITH_ES.split())
"""Nouns in -o with a plural in -oes."""

ENDING_IN_MAN = frozenset(_ENDING_IN_MAN.split())
"""Nouns in -man with a plural in -mans."""

ENDING_IN_MEN = frozenset(_ENDING_IN_MEN.split())
"""Singulars in -men."""
