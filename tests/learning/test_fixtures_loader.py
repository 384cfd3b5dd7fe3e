"""load_bulletins, loaddata and verify_statements."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from learning.fixtures_loader import REASON, VOCABULARIES, fixture_files
from learning.models import (
    Bulletin,
    GlossaryTerm,
    PublicText,
    Redaction,
    SourceDocument,
    StartHere,
    Statement,
    StatementTheme,
)
from learning.models.public_text import refresh_public_text
from reviews.models import Review, Theme

FIXTURES = Path(settings.FIXTURE_DIRS[0])
CHILD_R = "bulletins/child-r-2015.json"
Fields = dict[str, Any]


def run(command: str, *arguments: str, **options: Any) -> list[str]:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def kept(lines: list[str]) -> list[str]:
    return [line.removeprefix("kept: ") for line in lines if line.startswith("kept: ")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The vocabularies and one bulletin, to be damaged."""
    for name in [f"{name}.json" for name in VOCABULARIES] + [CHILD_R]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(FIXTURES / name, tmp_path / name)
    return tmp_path


def edit(file: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    records = json.loads(file.read_text(encoding="utf-8"))
    change(records)
    file.write_text(json.dumps(records), encoding="utf-8")


def first(records: list[dict[str, Any]], model: str) -> Fields:
    fields: Fields = next(one["fields"] for one in records if one["model"] == model)
    return fields


def lose(statement: Statement) -> Statement:
    """Remove a statement as if it had never been loaded."""
    Statement.objects.filter(pk=statement.pk).delete()
    Statement.history.filter(id=statement.pk).delete()
    return statement


# --- loading --------------------------------------------------------------------------------------------------------


def test_vocabularies_come_first():
    names = [file.stem for file in fixture_files(FIXTURES)]
    assert names[:5] == ["themes", "agencies", "boards", "support_lines", "glossary"]
    assert names[5:-1] == sorted(names[5:-1])
    assert names[-1] == "start_here"
    assert len(names) == 11


def test_load_says_what_it_loaded(db):
    lines = run("load_bulletins")
    assert len(lines) == 2
    assert "11 reviews" in lines[0]
    assert "150 statements" in lines[0]
    assert lines[1] == (
        "In the database: 5 bulletins, 11 reviews, 150 statements (11 risk indicators, 75 learning points, "
        "16 recommendations, 28 actions, 1 example of good practice, 14 questions, 5 facts)."
    )


def test_loading_again_changes_nothing(bulletins):
    before = Statement.history.count()
    lines = run("load_bulletins")
    assert lines[0].startswith("Nothing new. ")
    assert len(lines) == 2
    assert Statement.history.count() == before


def test_history_says_where_the_records_come_from(bulletins):
    for model in (Review, Statement, StatementTheme, Theme):
        assert set(model.history.values_list("history_change_reason", flat=True)) == {REASON}


def test_what_staff_changed_stays(bulletins):
    Statement.objects.filter(bulletin__slug="child-b-2010", serial=3).update(text="Corrected by staff.")
    Bulletin.objects.get(slug="child-r-2015").reviews.clear()
    term = GlossaryTerm.objects.get(bulletin=None, term="CCG")
    term.explanation = "Explained anew."
    term.save()
    assert sorted(kept(run("load_bulletins"))) == [
        "bulletin child-r-2015: reviews differs",
        "glossary term -/CCG: explanation differs",
        "statement child-b-2010/3: text differs",
    ]
    assert Statement.objects.get(bulletin__slug="child-b-2010", serial=3).text == "Corrected by staff."


def test_what_staff_deleted_does_not_come_back(bulletins):
    StatementTheme.objects.filter(statement__bulletin__slug="child-b-2010", statement__serial=1).get().delete()
    Bulletin.objects.get(slug="young-person-k-2016").delete()
    lines = kept(run("load_bulletins"))
    assert lines == [
        "statement theme child-b-2010/1/predictability-and-preventability: deleted here",
        "bulletin young-person-k-2016: deleted here",
    ]
    assert Statement.objects.count() == 150 - 25


def test_what_staff_start_a_theme_with_is_left_alone(bulletins):
    chosen = StartHere.objects.get(theme__slug="suicide", position=1)
    StartHere.history.filter(id=chosen.pk).delete()
    StartHere.objects.filter(pk=chosen.pk).update(
        statement=Statement.objects.get(bulletin__slug="child-b-2010", serial=1)
    )
    line = "statement to start with suicide/west-sussex-briefing-2017/29"
    assert kept(run("load_bulletins")) == [f"{line}: not created, because another statement has its place here"]


def test_what_staff_renamed_is_not_created_twice(bulletins):
    theme = Theme.objects.get(slug="late-booking")
    theme.slug = "booking-late"
    theme.save()
    assert kept(run("load_bulletins")) == ["theme late-booking: slug differs"]
    assert not Theme.objects.filter(slug="late-booking").exists()


# --- a newer version of the vocabularies ----------------------------------------------------------------------------


def newer(theme: Fields) -> None:
    theme.update(synonyms="late to book", definition="A new sentence.", short_name="Booked late")


@pytest.fixture
def newer_folder(db, folder):
    """The vocabularies that the next version comes with; those of this one are in the database."""
    run("load_bulletins", fixtures=folder)

    def change(records: list[dict[str, Any]]) -> None:
        newer(next(one["fields"] for one in records if one["fields"]["slug"] == "late-booking"))
        added = {"slug": "added", "name": "Added", "parent": ["late-booking"], "definition": "New."}
        records.append({"model": "reviews.theme", "fields": added})

    edit(folder / "themes.json", change)
    return folder


def test_a_term_that_nobody_changed_takes_what_is_new(newer_folder):
    lines = run("load_bulletins", fixtures=newer_folder)
    assert lines[:2] == ["Loaded: 1 theme.", "Updated: 1 theme."]
    theme = Theme.objects.get(slug="late-booking")
    assert (theme.synonyms, theme.definition, theme.tag_name) == ("late to book", "A new sentence.", "Booked late")
    assert theme.history.first().history_change_reason == REASON
    assert Theme.objects.get(slug="added").parent == theme
    assert run("load_bulletins", fixtures=newer_folder)[0].startswith("Nothing new. ")


def test_a_field_that_staff_changed_stays_through_every_newer_version(newer_folder):
    theme = Theme.objects.get(slug="late-booking")
    theme.definition, theme.name = "In our own words.", "Booking late"
    theme.save()
    lines = [run("load_bulletins", fixtures=newer_folder) for _ in range(2)]
    told = ["theme late-booking: name differs", "theme late-booking: definition differs"]
    assert [kept(each) for each in lines] == [told, told]
    theme.refresh_from_db()
    assert (theme.name, theme.definition) == ("Booking late", "In our own words.")
    assert theme.synonyms == "late to book"


def test_a_term_of_the_same_address_that_staff_created_stays_theirs(newer_folder):
    Theme.objects.create(slug="added", name="Ours", definition="Ours.")
    lines = kept(run("load_bulletins", fixtures=newer_folder))
    assert lines == [f"theme added: {name} differs" for name in ("name", "parent", "definition")]


def test_a_name_that_staff_gave_to_a_term_of_their_own_is_not_given_twice(newer_folder):
    Theme.objects.create(slug="ours", name="Added", parent=Theme.objects.get(slug="late-booking"), definition="Ours.")
    lines = kept(run("load_bulletins", fixtures=newer_folder))
    assert lines == ["theme added: slug differs", "theme added: definition differs"]


def test_a_term_that_staff_changed_past_the_history_stays(newer_folder):
    Theme.objects.filter(slug="late-booking").update(synonyms="ours")
    assert kept(run("load_bulletins", fixtures=newer_folder)) == ["theme late-booking: synonyms differs"]


# --- the rest of the bulletins --------------------------------------------------------------------------------------


def test_what_is_missing_is_created_with_the_public_words_of_today(bulletins):
    bulletin = Bulletin.objects.get(slug="child-r-2015")
    lost = lose(bulletin.statements.get(serial=18))
    Redaction.objects.create(
        bulletin=bulletin, start=lost.start + 4, end=lost.start + 7, marker="[removed]", kind="other", reason="A test."
    )
    refresh_public_text(bulletin)
    run("load_bulletins")
    assert bulletin.statements.get(serial=18).text.startswith("the [removed] undertook a review")


def test_nothing_is_put_into_another_text(bulletins):
    SourceDocument.objects.filter(bulletin__slug="child-r-2015").update(text="Another text.")
    lose(Statement.objects.get(bulletin__slug="child-r-2015", serial=18))
    assert kept(run("load_bulletins")) == [
        "source document child-r-2015: text differs",
        "statement child-r-2015/18: not created, because the text of its bulletin differs here",
    ]


# --- damage ---------------------------------------------------------------------------------------------------------


def unknown_theme(records):
    first(records, "learning.statementtheme")["theme"] = ["no-such-theme"]


def unknown_choice(records):
    first(records, "learning.statement")["kind"] = "rumour"


def broken_constraint(records):
    first(records, "learning.statement")["number_status"] = "printed"


def unknown_field(records):
    first(records, "reviews.review")["colour"] = "blue"


def missing_key(records):
    del first(records, "learning.statement")["serial"]


def twice(records):
    records.append(records[0])


def unknown_model(records):
    records[3]["model"] = "learning.rumour"


@pytest.mark.parametrize(
    ("damage", "record", "problem"),
    [
        (unknown_theme, "statement theme child-r-2015/1/no-such-theme", "'no-such-theme'.*, which nothing before it"),
        (unknown_choice, "statement child-r-2015/1", "rumour"),
        (broken_constraint, "statement child-r-2015/1", "statement_number_status"),
        (unknown_field, "review southwark/child-r", "colour"),
        (missing_key, "statement", "lacks the field 'serial'"),
        (twice, "review southwark/child-r", "occurs twice"),
        (unknown_model, "record 4", "no model and fields"),
    ],
)
def test_a_damaged_fixture_is_named_and_nothing_is_loaded(db, folder, damage, record, problem):
    edit(folder / CHILD_R, damage)
    with pytest.raises(CommandError, match=rf"(?s)child-r-2015.json.*{record}.*{problem}.*\nNothing was loaded."):
        call_command("load_bulletins", fixtures=folder, verbosity=0)


def test_after_damage_the_database_is_as_it_was(db, folder):
    edit(folder / CHILD_R, unknown_theme)
    with pytest.raises(CommandError):
        call_command("load_bulletins", fixtures=folder, verbosity=0)
    assert not Theme.objects.exists()
    assert not Review.objects.exists()
    assert not Theme.history.exists()


@pytest.mark.parametrize("content", ["[{", "{}", "[1]"])
def test_a_file_that_is_no_fixture_is_named(db, folder, content):
    (folder / CHILD_R).write_text(content)
    with pytest.raises(CommandError, match=r"child-r-2015.json"):
        call_command("load_bulletins", fixtures=folder, verbosity=0)


def test_a_vocabulary_that_is_absent_is_named(db, folder):
    (folder / "boards.json").unlink()
    with pytest.raises(CommandError, match=r"boards.json cannot be read"):
        call_command("load_bulletins", fixtures=folder, verbosity=0)


# --- loaddata -------------------------------------------------------------------------------------------------------


def test_loaddata_in_the_same_order_gives_the_same_records(db):
    labels = [str(file.relative_to(FIXTURES).with_suffix("")) for file in fixture_files(FIXTURES)]
    run("loaddata", *labels)
    assert Statement.objects.published().count() == 150
    assert set(Statement.history.values_list("history_change_reason", flat=True)) == {REASON}
    assert Statement.history.count() == 150
    assert run("verify_statements")[-1] == "150 statements are at their passages."
    assert run("load_bulletins")[0].startswith("Nothing new. ")


# --- verifying ------------------------------------------------------------------------------------------------------


def test_every_statement_is_at_its_passage(bulletins):
    assert run("verify_statements") == [
        "child-b-2010: 26 statements, all at their passages",
        "child-r-2015: 19 statements, all at their passages",
        "knowsley-child-q-and-s-2017: 10 statements, all at their passages",
        "west-sussex-briefing-2017: 70 statements, all at their passages",
        "young-person-k-2016: 25 statements, all at their passages",
        "150 statements are at their passages.",
    ]


@pytest.mark.parametrize(
    ("change", "failures"),
    [
        ({"text": "Invented."}, ["its words are not at its passage in the raw text", "in the public text"]),
        ({"start": 1}, ["in the raw text", "are not the same", "inside a word"]),
        ({"public_start": 1}, ["in the public text", "are not the same"]),
        ({"start": 90_000, "end": 90_001}, ["extends beyond the raw text"]),
    ],
)
def test_a_statement_off_its_passage_fails(bulletins, change, failures):
    Statement.objects.filter(bulletin__slug="child-r-2015", serial=2).update(**change)
    with pytest.raises(CommandError) as error:
        run("verify_statements")
    lines = str(error.value).splitlines()
    assert len(lines) == len(failures) + 1
    for line, failure in zip(lines, failures, strict=False):
        assert line.startswith("child-r-2015/2: ")
        assert failure in line


def test_a_public_text_that_is_not_the_redacted_raw_text_fails(bulletins):
    Redaction.objects.get(bulletin__slug="child-b-2010", kind="birth-date").delete()
    PublicText.objects.get(bulletin__slug="child-r-2015").delete()
    SourceDocument.objects.filter(bulletin__slug="young-person-k-2016").update(text_version="0")
    with pytest.raises(CommandError) as error:
        run("verify_statements")
    assert str(error.value).splitlines() == [
        "child-b-2010: the public text is not the raw text with the redactions applied",
        "child-r-2015: it has no public text",
        "young-person-k-2016: its text was made by version 0, but offsets are valid only for 1",
        "3 failures in 150 statements.",
    ]


def test_redactions_that_overlap_fail(bulletins):
    bulletin = Bulletin.objects.get(slug="child-b-2010")
    start = bulletin.redactions.get(kind="birth-date").start
    Redaction.objects.create(bulletin=bulletin, start=start + 1, end=start + 2, marker="[x]", kind="other", reason="x")
    with pytest.raises(CommandError, match="overlaps another"):
        run("verify_statements")
