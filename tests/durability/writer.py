"""A process that writes until it is killed: ``python tests/durability/writer.py KIND FOLDER``.

For each line on standard input, a number to begin chance with, a child of it works on the files in FOLDER and tells on
standard output, in a line of JSON each, what it begins to do and what it has done, until somebody kills it; this
process then tells the child's end. What is loaded once serves all children, which makes many of them cheap.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

from corpus.grouped import TargetChange
from corpus.importing.found import FoundFile
from corpus.memory.model import Provenance, Unit
from corpus.memory.store import MemoryStore
from corpus.model import DraftKind, State
from glossary.model import NewTerm
from glossary.store import GlossaryStore
from workbench.drafting import draft_in_groups
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.paths import Home
from workbench.session import Session

WORDS = [
    "قال", "المتحدث", "إن", "القافلة", "وصلت", "إلى", "المدينة", "صباح", "الثلاثاء", "بعد", "ثلاث", "سنوات", "من",
    "الحصار",
]  # fmt: skip
LARGEST_PROJECT = 500


class CountingEngine:
    """Draft a paragraph as the number of its words."""

    identity = ModelIdentity("test", "counter", "1.0", "d" * 64, DraftKind.TRANSLATION, "ar", "en")

    def draft(self, texts, cancelled=None):
        for index, text in enumerate(texts):
            yield DraftedText(index, f"{len(text.split())} words", ())

    def close(self):
        pass


def tell(**said):
    os.write(1, json.dumps(said).encode() + b"\n")


def paragraph(chance):
    return " ".join(chance.choices(WORDS, k=chance.randint(3, 30))) + "."


class ProjectWriter:
    """Works as a translator does, and tells which segments each step may touch and how they stand after it."""

    def __init__(self, folder, chance):
        self.folder = folder
        self.chance = chance
        self.session = Session.open(folder / "p.tarjama", home=Home(folder / "home"), actor="anna")
        self.segments = {segment.uid: segment for segment in self.session.segments()}

    def step(self, number):
        kinds = [self.edit] * 8 + [self.draft] * 3 + [self.bulk, self.update, self.add_term]
        if len(self.segments) < LARGEST_PROJECT:
            kinds += [self.add_documents] * 2
        self.chance.choice(kinds)(number)

    def edit(self, number):
        segment = self.chance.choice(list(self.segments.values()))
        write = self.chance.choice((self.session.save_target, self.session.confirm))
        tell(begins="edit", touches=[segment.uid])
        self.done([write(segment.uid, f"text {number} {paragraph(self.chance)}", segment.version)])

    def draft(self, _):
        wanted = self.chance.sample(list(self.segments.values()), 20)
        tell(begins="draft", touches=[segment.uid for segment in wanted])
        engine = CountingEngine()
        for group in draft_in_groups(engine, wanted):
            self.done(self.session.drafts.store(group, engine.identity))

    def bulk(self, number):
        wanted = self.chance.sample(list(self.segments.values()), 30)
        tell(begins="bulk", touches=[segment.uid for segment in wanted])
        changes = [TargetChange(one.uid, f"bulk {number}", State.EDITED, one.version) for one in wanted]
        self.done(self.session._store.set_targets(changes, "anna").written)

    def add_documents(self, number):
        files = []
        for count in range(self.chance.randint(1, 4)):
            file = self.folder / f"news-{os.getpid()}-{number}-{count}.txt"
            sources = [paragraph(self.chance) for _ in range(self.chance.randint(5, 30))]
            file.write_text("\n".join(sources), encoding="utf-8")
            files.append(FoundFile(file, file.name))
        tell(begins="import", touches=[])
        for done in self.session.import_files(files):
            self.imported(done.document)

    def update(self, _):
        document = self.chance.choice(self.session._store.documents())
        segments = self.session.segments(document.uid)
        sources = [paragraph(self.chance) if self.chance.random() < 0.1 else one.source for one in segments]
        if self.chance.random() < 0.5:
            sources.insert(self.chance.randrange(len(sources)), paragraph(self.chance))
        else:
            sources.pop()
        file = self.folder / document.name
        file.write_text("\n".join(sources or ["بقية"]), encoding="utf-8")
        tell(begins="update", touches=[segment.uid for segment in segments])
        self.imported(self.session.import_file(file, update=True).document)
        for gone in {segment.uid for segment in segments} - self.segments.keys():
            tell(gone=gone)

    def add_term(self, number):
        tell(begins="term", touches=[])
        term = self.session.terms.add(NewTerm(f"كلمة {os.getpid()} {number}", f"word {number}"))
        tell(term=term.uid)

    def imported(self, document):
        now = self.session.segments(document.uid)
        self.segments = {uid: one for uid, one in self.segments.items() if one.document_uid != document.uid}
        tell(document=document.uid, sources=[segment.source for segment in now])
        self.done(now)

    def done(self, segments):
        self.segments.update((segment.uid, segment) for segment in segments)
        tell(stand={one.uid: [one.source, one.target, one.state, one.version] for one in segments})


class GlossaryWriter:
    """Adds, changes and removes terms."""

    def __init__(self, folder, chance):
        self.chance = chance
        self.store = GlossaryStore.open(folder / "g.db")
        self.uids = [entry.uid for entry in self.store.entries()]

    def step(self, number):
        kind = self.chance.choice(["add", "add", "change", "remove"]) if self.uids else "add"
        uid = self.chance.choice(self.uids) if self.uids else ""
        tell(begins=kind, touches=[uid])
        if kind == "add":
            entry = self.store.add(NewTerm(f"كلمة {os.getpid()} {number}", f"word {number}"), "anna")
            self.uids.append(entry.uid)
            tell(stand={entry.uid: entry.note})
        elif kind == "change":
            tell(stand={uid: self.store.change(uid, {"note": f"note {number}"}, "anna").note})
        else:
            self.store.remove(uid, "anna")
            self.uids.remove(uid)
            tell(gone=uid)


class MemoryWriter:
    """Keeps and forgets units, one by one and many at once."""

    def __init__(self, folder, chance):
        self.chance = chance
        self.store = MemoryStore.open_or_create(folder / "m.db")

    def step(self, number):
        provenance = Provenance("p", "project")
        count = self.chance.choice([1, 1, 1, 1, 300])
        units = [
            Unit(
                paragraph(self.chance), f"{number}", "ar", "en", provenance, uid=str(uid), author="anna", changed_at=""
            )
            for uid in self.chance.sample(range(3000), count)
        ]
        tell(begins="add", touches=[unit.uid for unit in units])
        if count == 1:
            self.store.add(units[0])
        else:
            self.store.add_many(units)
        tell(stand={unit.uid: unit.source for unit in units})


def main(kind, folder):
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            chance = random.Random(int(line))
            writer = {"project": ProjectWriter, "glossary": GlossaryWriter, "memory": MemoryWriter}[kind](
                folder, chance
            )
            tell(child=os.getpid())
            for number in range(1_000_000):
                writer.step(number)
        _, status = os.waitpid(child, 0)
        os.write(1, b"\n")  # whatever the child was saying when it was killed ends here
        tell(end=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
