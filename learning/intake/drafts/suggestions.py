"""What the reader suggests for a statement, and why: themes, agencies, addressees. A person takes or refuses it.

What a statement's own words name, or the words that lead into it, is put on when a document is read, and can be taken
off. What only follows from the themes of its review is offered. For a statement that a person made, all is offered.
"""

from typing import Any

from django.utils import timezone

from learning.intake.drafts.vocabulary import current_vocabulary
from learning.intake.editing.edits import delete, editing, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.patterns import pattern_of
from learning.intake.models import Suggestion
from learning.models import Addressee, Bulletin, Statement, StatementAgency, StatementTheme
from learning.models.public_text import squash
from learning.reader.statements.suggestions import addressees_of, agencies_in, themes_in
from reviews.models import Agency, Theme
from reviews.state import AssignedBy

ASKING = {Statement.Kind.RECOMMENDATION, Statement.Kind.ACTION}
Sort, Why, Decision = Suggestion.Sort, Suggestion.Why, Suggestion.Decision
BY = {Why.WORDS: AssignedBy.SOURCE, Why.BOARD: AssignedBy.SOURCE, Why.OPENING: AssignedBy.SOURCE}  # others: curators
MOST = 3  # themes of the review that are offered where the statement has none of its own


class Suggester:
    """Finds suggestions in one raw text, with the vocabulary read once for all statements of it."""

    def __init__(self, text: str) -> None:
        self.text, self.vocabulary = text, current_vocabulary()
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}
        self.agencies = {agency.slug: agency for agency in Agency.objects.all()}

    def of(self, statement: Statement, lead_in: str, review_themes: list[str]) -> list[Suggestion]:
        """Not stored yet. ``lead_in``: the words that it completes; ``review_themes``: slugs of those of its review."""
        words = squash(self.text[statement.start : statement.end])
        return [
            *self._themes(statement, words, lead_in, review_themes),
            *self._agencies(statement, words),
            *(self._addressees(statement, words) if statement.kind in ASKING else []),
        ]

    def _themes(self, statement: Statement, words: str, lead_in: str, review: list[str]) -> list[Suggestion]:
        named = {one.slug: one.words for one in themes_in(words, self.vocabulary)}
        above = [] if named else [one.slug for one in themes_in(lead_in, self.vocabulary)]
        why = Why.WORDS if named else Why.LEAD_IN if above else Why.REVIEW
        slugs = list(named) or above or review[:MOST]
        themes = [self.themes[slug] for slug in dict.fromkeys(slugs) if slug in self.themes]
        made = [Suggestion(statement=statement, sort=Sort.THEME, theme=theme, why=why) for theme in themes]
        return [self._at(one, named.get(theme.slug)) for one, theme in zip(made, themes, strict=True)]

    def _agencies(self, statement: Statement, words: str) -> list[Suggestion]:
        named = {one.slug: one for one in agencies_in(words, self.vocabulary) if one.slug in self.agencies}
        made = []
        for slug, one in named.items():
            suggestion = Suggestion(statement=statement, sort=Sort.AGENCY, agency=self.agencies[slug], why=Why(one.why))
            made.append(self._at(suggestion, one.words))
        return made

    def _addressees(self, statement: Statement, words: str) -> list[Suggestion]:
        found = [
            self._at(
                Suggestion(
                    statement=statement, sort=Sort.ADDRESSEE, agency=self.agencies.get(one.agency), why=Why.OPENING
                ),
                one.as_printed,
            )
            for one in addressees_of(words, self.vocabulary)
        ]
        return [one for one in found if one.start is not None]

    def _at(self, one: Suggestion, words: str | None) -> Suggestion:
        """With the place in the raw text of the words that speak for it."""
        place = pattern_of(words).search(self.text, one.statement.start, one.statement.end) if words else None
        if place is not None:
            one.start, one.end = place.span()
        return one


def reason_of(one: Suggestion, text: str) -> str:
    """In words, for staff. ``text`` is the raw text."""
    words = squash(text[one.start : one.end]) if one.start is not None else ""
    return {
        Why.WORDS: f"the words “{words}”",
        Why.BOARD: f"“{words}” is the board or partnership that speaks",
        Why.LEAD_IN: "the words that lead into it",
        Why.REVIEW: "a theme of its review",
        Why.OPENING: f"it opens with “{words}”",
    }[Why(one.why)]


def put_on(user: Any, one: Suggestion, text: str, reason: str) -> None:
    """The tag or the addressee that was suggested. The caller has a transaction."""
    statement, by = one.statement, BY.get(Why(one.why), AssignedBy.CURATOR)
    if one.sort == Sort.THEME and not statement.theme_tags.filter(theme=one.theme_id).exists():
        save(StatementTheme(statement=statement, theme=one.theme, assigned_by=by), user, reason)
    elif one.sort == Sort.AGENCY and not statement.agency_tags.filter(agency=one.agency_id).exists():
        save(StatementAgency(statement=statement, agency=one.agency, assigned_by=by), user, reason)
    elif one.sort == Sort.ADDRESSEE:
        printed = squash(text[one.start : one.end])[:200]
        if not statement.addressees.filter(as_printed=printed).exists():
            save(Addressee(statement=statement, as_printed=printed, agency_id=one.agency_id), user, reason)


def suggest_for(statement: Statement) -> None:
    """Suggestions for a statement that was made, cut or moved by hand. Those from words that it lost are forgotten."""
    text = statement.bulletin.source_document.text
    own = Suggestion.objects.filter(statement=statement)
    (own.filter(start__lt=statement.start) | own.filter(end__gt=statement.end)).delete()
    review = list(statement.review.themes.values_list("slug", flat=True)) if statement.review else []
    known = {_of_what(one, text) for one in own}
    found = Suggester(text).of(statement, statement.words_before, review)
    Suggestion.objects.bulk_create([one for one in found if _of_what(one, text) not in known])


def _of_what(one: Suggestion, text: str) -> tuple[Any, ...]:
    words = squash(text[one.start : one.end]) if one.sort == Sort.ADDRESSEE else ""
    return one.sort, one.theme_id, "" if words else one.agency_id, words


# --- decisions -------------------------------------------------------------------------------------------------------


def take(user: Any, bulletin: Bulletin, version: int, suggestions: list[Suggestion]) -> None:
    """Put on what was suggested."""
    with _deciding(user, bulletin, version, suggestions, "took") as edit:
        text = bulletin.source_document.text
        for one in suggestions:
            _check_shown(one, bulletin, text)
            put_on(user, one, text, "A suggestion was taken")
            _decide(one, user, Decision.TAKEN)
        edit.targets += [f"statement:{one.statement_id}" for one in suggestions]


def refuse(user: Any, bulletin: Bulletin, version: int, one: Suggestion) -> None:
    """Take off what was suggested, or offer it no more."""
    with _deciding(user, bulletin, version, [one], "refused") as edit:
        reason = "A suggestion was refused"
        statement = one.statement
        tags: list[Any] = []
        if one.sort == Sort.THEME:
            tags = list(statement.theme_tags.filter(theme=one.theme_id))
        elif one.sort == Sort.AGENCY:
            tags = list(statement.agency_tags.filter(agency=one.agency_id))
        else:
            words = squash(bulletin.source_document.text[one.start : one.end])
            tags = [to for to in statement.addressees.all() if to.as_printed == words[:200]]
        for tag in tags:
            delete(tag, user, reason)
        _decide(one, user, Decision.REFUSED)
        edit.targets.append(f"statement:{one.statement_id}")


def _deciding(user: Any, bulletin: Bulletin, version: int, suggestions: list[Suggestion], did: str) -> Any:
    """An edit that goes in beside other edits of the same statements: it changes one tag of each, and no other."""
    targets = [f"suggestion:{one.pk}" for one in suggestions]
    what = "a suggestion" if len(suggestions) == 1 else f"{len(suggestions)} suggestions"
    return editing(user, bulletin, version, targets, f"{did} {what}")


def _decide(one: Suggestion, user: Any, decision: str) -> None:
    one.decision, one.decided_by, one.decided_at = decision, user, timezone.now()
    one.save(update_fields=["decision", "decided_by", "decided_at"])


def _check_shown(one: Suggestion, bulletin: Bulletin, text: str) -> None:
    """An addressee is printed for the public to read: none of it may be redacted."""
    if one.sort == Sort.ADDRESSEE and bulletin.redactions.filter(start__lt=one.end, end__gt=one.start).exists():
        raise EditRejected(Reason("Some of these words are redacted.", f"statement-{one.statement_id}"))
