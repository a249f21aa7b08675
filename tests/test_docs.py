"""The docs say what the program says. ``python tests/test_docs.py`` writes docs/commands.md anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from workbench.cli import tarjama
from workbench.settings import Settings

ROOT = Path(__file__).parent.parent
COMMANDS = ROOT / "docs" / "commands.md"

INTRODUCTION = """# Commands

Every reading command takes `--json` and then prints one JSON document and nothing else. Exit code 0: done; 1: a check
found something or a job partly failed; 2: wrong use or wrong input, told in one sentence and one hint on standard
error. `tarjama --debug COMMAND` adds the traceback. `python -m workbench` is the same program.
"""

SHAPES = """
## JSON

- `status`: an object with `name`, `path`, `segments`, `states` (counts by state), `words`, `words_left`, `drafts`,
  `flagged` and `documents`, a list with the same counts for each.
- `segments`: a list of `uid`, `document`, `order` (its paragraph), `part` (1, 2, … where a paragraph is split, else
  0), `kind`, `place` (where it stands in the file), `source`, `draft` (null where there is none), `target`, `state`,
  `origin`, `flags`, `draft_before_terms` (the draft before terms were put into it, or null), `draft_terms` (of each
  term that the engine did not use of itself: `start` and `end` in the source, the wanted `target`, what it said
  `instead`, and what was `applied`, empty where nothing was), `note`, `version`.
- `history`: a list of `number`, `at`, `actor`, `cause`, `change` and `undoes` (uids or null), `source`, `target`,
  `text`, `state`, `origin` (null where the segment was taken out), `diff` and `source_diff` (what the step changed in
  the text and in the source, marked `[-…-]` and `{+…+}`).
- `split`, `join`: an object with `change`, `written` and `left`, as `applied` of `glossary impact`.
- `merge`: an object with `steps` (how many steps of the other journal came in), `documents` (names), `added`,
  `changed`, `removed` (numbers of segments), `clashes` (conflicts filed now) and `conflicts`, a list as that of
  `conflicts`.
- `conflicts`: a list of `uid`, `segment_uid`, `field` (`target`, `source` or `removed`), `source`, `base`, `kept`,
  `kept_by`, `offered`, `offered_state`, `offered_by`, `at`.
- `import`: a list of `uid`, `name`, `format`, `encoding`, `segments` and `fates`, the numbers of segments `kept`,
  `moved`, `changed`, `new` and `gone`.
- `align`: an object with `source` and `target` (each `name`, `format`, `sentences`), `kinds` (how many beads of 1-1,
  2-1 and so on), `share` (of all sentences, in pairs that are sound), `are_translations`, `doubtful`, `out`,
  `remembered` (pairs put into the memory) and `pairs`, a list of `kind`, `score` (0 to 1), `doubtful`, `source` and
  `target`; one of the texts is empty where there is nothing on that side.
- `duplicates`: an object with `groups`, a list of `documents` (how many) and `segments`, and `pairs`, a list of
  `first`, `second`, `relation` (what the first is to the second) and `likeness` in percent. A segment is a `uid`,
  `document`, `order`, `source`, `text`, `state` and `origin`.
- `numbers`: told in [Numbers](numbers.md).
- `rules test`: an object with `sentences`, a list of `start`, `end` and `text`, and `decisions`, a list of `place`,
  `breaks`, `rules` and `rule` (whose word counts: the name of the rules and the number among them), `before`, `after`.
- `memory status`: an object with `path`, `bytes`, `units`, `languages` (a list of `from`, `to`, `units`) and
  `provenances` (a list of `name`, `uid`, `units`).
- `memory search`: a list of `score`, `source`, `target`, `from`, `document`, `uid`, `author`, `changed_at` and `diff`,
  a list of `what` (`kept`, `deleted`, `inserted`) and `text` that makes the found source into yours.
- `memory concordance`: an object with `units`, a list like that without `score` and `diff`, and `complete`, false when
  there are more.
- `glossary match`: a list of `start`, `end` (code points of the text as given), `surface`, `term`, `target`,
  `status`, `covered` (by a longer term) and `analysis` with `proclitics`, `stem`, `enclitic`, `rule`.
- `glossary impact`: an object with `term`, `wanted` (the English asked for), `affected`, a list of `uid`, `order`,
  `state`, `origin`, `source`, `text`, `source_spans` and `old_spans` (pairs of start and end in code points) and
  `proposed` (the whole new text, null where none is certain), and `applied`: null, or an object with `change` (a uid,
  null when nothing was written), `written` (uids) and `left`, a list of `uid` and `reason`.
"""


def commands(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            child = command.commands[name]
            yield from commands(child, click.Context(child, info_name=name, parent=context, max_content_width=100))


def reference() -> str:
    root = click.Context(tarjama, info_name="tarjama", terminal_width=100, **tarjama.context_settings)
    sections = [f"\n## {path}\n\n```\n{text}\n```\n" for path, text in commands(tarjama, root)]
    return INTRODUCTION + "".join(sections) + SHAPES


def test_the_command_reference_is_what_help_prints():
    assert COMMANDS.read_text(encoding="utf-8") == reference()


def test_every_setting_is_documented():
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [f"| `{name}` |" in table for name in Settings.__dataclass_fields__] == [True] * len(
        Settings.__dataclass_fields__
    )


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]), ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]), ids=lambda p: p.name)
def test_pages_name_only_commands_that_exist(page):
    known = {path for path, _ in commands(tarjama, click.Context(tarjama, info_name="tarjama"))}
    named = set(
        re.findall(
            r"\btarjama ((?:glossary|memory|models) [a-z]+|(?!--)[a-z]+)(?=[\s`])", page.read_text(encoding="utf-8")
        )
    )
    prose = {"models install", "open"} | {name for name in named if f"tarjama {name}" in known}
    assert named - prose == set()


if __name__ == "__main__":
    COMMANDS.write_text(reference(), encoding="utf-8", newline="\n")
