from pathlib import Path

import pytest

from corpus.errors import ConflictError
from corpus.importing.found import FoundFile
from corpus.model import DraftKind, Fate, Origin, Piece, State, StateFilter
from glossary.model import NewTerm
from glossary.store import GlossaryStore
from workbench.engines.protocol import DraftedText, ModelIdentity
from workbench.session import Session

ARTICLE = "عنوان\n\nقال المتحدث.\n\nوعاد السكان."
GLOSS = ModelIdentity("argos", "gloss", "1.0", "a" * 64, DraftKind.GLOSS, "ar", "en")
FULL = ModelIdentity("argos", "full", "1.0", "b" * 64, DraftKind.TRANSLATION, "ar", "en")


@pytest.fixture
def session(tmp_path, home):
    (tmp_path / "news.txt").write_text(ARTICLE, encoding="utf-8")
    with Session.create(tmp_path / "p.tarjama", home=home, actor="anna") as made:
        made.import_file(tmp_path / "news.txt")
        yield made


def drafted(segments, words="the draft"):
    return [
        (segment, DraftedText(index, words, (Piece(0, len(segment.source), words),)))
        for index, segment in enumerate(segments)
    ]


def test_nothing_but_the_project_is_made(tmp_path, home, session):
    assert not home.root.exists()
    assert {path.suffix for path in tmp_path.iterdir()} == {
        ".txt",
        ".tarjama",
        ".tarjama-wal",
        ".tarjama-shm",
    }


def test_drafts_are_asked_for_once(session):
    wanted = session.drafts.to_draft(identity=GLOSS)
    assert len(wanted) == 3
    session.drafts.store(drafted(wanted), GLOSS)
    assert session.drafts.to_draft(identity=GLOSS) == []
    assert len(session.drafts.to_draft(identity=GLOSS, redo=True)) == 3


def test_a_gloss_makes_way_for_a_translation_but_not_the_other_way_round(session):
    session.drafts.store(drafted(session.drafts.to_draft()), GLOSS)
    touched = session.segments()[0]
    session.save_target(touched.uid, "mine", touched.version)
    wanted = session.drafts.to_draft(identity=FULL)
    assert [segment.position for segment in wanted] == [2, 3]
    session.drafts.store(drafted(wanted), FULL)
    assert session.drafts.to_draft(identity=GLOSS) == []
    assert [segment.origin for segment in session.segments()] == [Origin.HUMAN, *[Origin.TRANSLATION] * 2]


def test_typing_saves_and_confirming_translates(session):
    segment = session.segments()[0]
    saved = session.save_target(segment.uid, "A hea", segment.version)
    assert saved.state is State.EDITED
    confirmed = session.confirm(segment.uid, "A headline", saved.version)
    assert (confirmed.state, confirmed.target) == (State.TRANSLATED, "A headline")
    with pytest.raises(ConflictError):
        session.save_target(segment.uid, "late", saved.version)


def test_editing_a_confirmed_segment_takes_the_confirmation_back(session):
    segment = session.segments()[0]
    confirmed = session.confirm(segment.uid, "A headline", segment.version)
    assert session.save_target(segment.uid, "A head", confirmed.version).state is State.EDITED


def test_the_overview_counts_words_and_states(session):
    segment = session.segments()[1]
    session.confirm(segment.uid, "He said.", segment.version)
    (progress,) = session.overview().documents
    assert (progress.words, progress.words_left) == (5, 3)
    assert progress.counts[State.TRANSLATED] == 1
    assert progress.counts[State.UNTRANSLATED] == 2


def test_terms_are_found_and_new_ones_at_once(session, home):
    assert session.terms.find("قال المتحدث") == []
    session.terms.add(NewTerm("متحدث", "spokesperson"))
    assert home.glossary.exists()
    (match,) = session.terms.find("قال المتحدث")
    assert match.entry.target == "spokesperson"
    with GlossaryStore.open(home.glossary) as colleague:
        colleague.add(NewTerm("قال", "said"), "bashir")
    assert {match.entry.target for match in session.terms.find("قال المتحدث")} == {"spokesperson", "said"}


def test_a_project_finds_its_glossary_after_both_have_moved(tmp_path, home):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    with Session.create(old / "p.tarjama", home=home, glossary=old / "g.db") as made:
        made.terms.add(NewTerm("متحدث", "spokesperson"))
    old.rename(new)
    with Session.open(new / "p.tarjama", home=home) as moved:
        assert len(moved.terms.find("المتحدث")) == 1


def test_export_takes_the_states_asked_for(tmp_path, session):
    segment = session.segments()[0]
    session.confirm(segment.uid, "A headline", segment.version)
    assert session.export("tsv", tmp_path / "out.tsv").pairs == 1
    everything = StateFilter(State.UNTRANSLATED, and_later=True)
    assert session.export("tsv", tmp_path / "out.tsv", states=everything).pairs == 3


def test_files_imported_together_are_refused_one_by_one(tmp_path, session):
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2")
    (tmp_path / "other.txt").write_text("شيء آخر تماما.", encoding="utf-8")
    (tmp_path / "new.txt").write_text(ARTICLE, encoding="utf-8")
    files = [FoundFile(tmp_path / name, "") for name in ("bad.txt", "new.txt")]
    files.insert(1, FoundFile(tmp_path / "other.txt", "news.txt"))  # nothing in common with what has this name
    bad, stranger, new = session.import_files(files)
    assert "not text" in bad.message
    assert "next to nothing in common" in stranger.message
    assert new.document.name == "new.txt"
    assert [one.document.name for one in session.overview().documents] == ["news.txt", "new.txt"]
    assert len(session.segments()) == 6
    assert not session.problems()


def test_a_file_of_the_same_name_is_the_newer_version_of_one_imported_with_it(tmp_path, session):
    (tmp_path / "longer.txt").write_text(f"{ARTICLE}\n\nانتهى.", encoding="utf-8")
    files = [FoundFile(tmp_path / name, "same") for name in ("news.txt", "longer.txt")]
    first, second = session.import_files(files)
    assert first.document.uid == second.document.uid
    assert second.fates[Fate.NEW] == 1
    assert session.backups.all()


def test_a_failed_import_leaves_no_document(tmp_path, session):
    bad = Path(tmp_path / "bad.txt")
    bad.write_bytes(b"\0\1\2")
    with pytest.raises(Exception, match="not text"):
        session.import_file(bad)
    assert len(session.overview().documents) == 1
