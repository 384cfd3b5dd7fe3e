"""Themes, agencies, occasions and addressees of statements. What a person puts on at the desk is a curator's tag."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from learning.intake.editing.edits import delete, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.models import Suggestion
from learning.models import Addressee, Statement, StatementAgency, StatementOccasion, StatementTheme
from learning.models.public_text import squash
from reviews.models import Agency, Theme
from reviews.state import AssignedBy

FIELDS = {"themes", "agencies", "occasions", "addressees"}


def themes(wanted: Iterable[Any]) -> list[Theme]:
    """Themes by slug, key or themselves. Refuses what is not in the vocabulary: it is closed."""
    return _terms(Theme, wanted)


def agencies(wanted: Iterable[Any]) -> list[Agency]:
    return _terms(Agency, wanted)


def _terms(model: Any, wanted: Iterable[Any]) -> list[Any]:
    wanted = list(dict.fromkeys(getattr(one, "pk", one) for one in wanted if one))
    keys = [int(one) for one in wanted if str(one).isdigit()]
    slugs = [str(one) for one in wanted if not str(one).isdigit()]
    found = [*model.objects.filter(pk__in=keys), *model.objects.filter(slug__in=slugs)]
    if len(found) < len(wanted):
        name = model._meta.verbose_name
        raise EditRejected(Reason(f"There is no such {name}. If it is missing, ask for it.", "theme-requests"))
    return found


def set_tags(user: Any, statement: Statement, changes: dict[str, Any], reason: str) -> None:
    """Make the tags those that are given. One that stays keeps who assigned it."""
    if "themes" in changes:
        _set(user, statement.theme_tags.all(), StatementTheme, statement, "theme", themes(changes["themes"]), reason)
    if "agencies" in changes:
        chosen = agencies(changes["agencies"])
        _set(user, statement.agency_tags.all(), StatementAgency, statement, "agency", chosen, reason)
    if "occasions" in changes:
        _set_occasions(user, statement, set(changes["occasions"]), reason)
    if "addressees" in changes:
        _set_addressees(user, statement, changes["addressees"], reason)


def _set(user: Any, tags: Any, model: Any, statement: Statement, name: str, chosen: list[Any], reason: str) -> None:
    wanted = {one.pk for one in chosen}
    present = set()
    for tag in tags:
        key = getattr(tag, f"{name}_id")
        if key in wanted:
            present.add(key)
        else:
            delete(tag, user, reason)
            _remember(user, statement, name, key, Suggestion.Decision.REFUSED)
    for one in chosen:
        if one.pk not in present:
            _remember(user, statement, name, one.pk, Suggestion.Decision.TAKEN)
            save(model(statement=statement, assigned_by=AssignedBy.CURATOR, **{name: one}), user, reason)


def _remember(user: Any, statement: Statement, sort: str, key: int, decision: str) -> None:
    """What somebody took off is not suggested again; and what somebody put on was taken."""
    suggested = Suggestion.objects.filter(statement=statement, sort=sort, **{sort: key})
    suggested.update(decision=decision, decided_by=user, decided_at=timezone.now())


def _set_occasions(user: Any, statement: Statement, wanted: set[str], reason: str) -> None:
    """Each by its value. Only a question suits an occasion: another statement loses those it has."""
    if wanted - set(StatementOccasion.Occasion.values):
        raise EditRejected(Reason("That occasion does not exist. Choose another.", f"statement-{statement.pk}"))
    if statement.kind != Statement.Kind.QUESTION:
        wanted = set()
    present = {tag.occasion: tag for tag in statement.occasion_tags.all()}
    for occasion in present.keys() - wanted:
        delete(present[occasion], user, reason)
    for occasion in StatementOccasion.Occasion.values:
        if occasion in wanted - present.keys():
            tag = StatementOccasion(statement=statement, occasion=occasion, assigned_by=AssignedBy.CURATOR)
            save(tag, user, reason)


def _set_addressees(user: Any, statement: Statement, wanted: list[dict[str, Any]], reason: str) -> None:
    """Each ``{"as_printed": "the Board", "agency": slug, key or None}``. Refuses words that the bulletin lacks."""
    words = {entry["as_printed"].strip(): entry.get("agency") for entry in wanted if entry["as_printed"].strip()}
    present = {addressee.as_printed: addressee for addressee in statement.addressees.all()}
    text = squash(statement.bulletin.public_text.text).casefold()
    for printed in set(words) - set(present):
        if squash(printed).casefold() not in text:
            raise EditRejected(Reason(f"The bulletin does not print “{printed}”.", f"statement-{statement.pk}"))
    for printed in set(present) - set(words):
        delete(present[printed], user, reason)
        _refuse_addressee(user, statement, printed)
    for printed, agency in words.items():
        addressee = present.get(printed) or Addressee(statement=statement, as_printed=printed[:200])
        addressee.agency = agencies([agency])[0] if agency else None
        save(addressee, user, reason)


def _refuse_addressee(user: Any, statement: Statement, printed: str) -> None:
    raw = statement.bulletin.source_document.text
    for one in Suggestion.objects.filter(statement=statement, sort=Suggestion.Sort.ADDRESSEE):
        if squash(raw[one.start : one.end])[:200] == printed:
            one.decision, one.decided_by, one.decided_at = Suggestion.Decision.REFUSED, user, timezone.now()
            one.save()


def copy_tags(user: Any, source: Statement, target: Statement) -> None:
    """Give a statement the tags of another one too."""
    reason = f"As on statement {source.serial}"
    own_themes = set(target.theme_tags.values_list("theme", flat=True))
    for theme in source.theme_tags.exclude(theme__in=own_themes):
        save(StatementTheme(statement=target, theme_id=theme.theme_id, assigned_by=theme.assigned_by), user, reason)
    own_agencies = set(target.agency_tags.values_list("agency", flat=True))
    for tag in source.agency_tags.exclude(agency__in=own_agencies):
        save(StatementAgency(statement=target, agency_id=tag.agency_id, assigned_by=tag.assigned_by), user, reason)
    if target.kind == Statement.Kind.QUESTION:
        own_occasions = set(target.occasion_tags.values_list("occasion", flat=True))
        for suited in source.occasion_tags.exclude(occasion__in=own_occasions):
            copy = StatementOccasion(statement=target, occasion=suited.occasion, assigned_by=suited.assigned_by)
            save(copy, user, reason)
    own_addressees = set(target.addressees.values_list("as_printed", flat=True))
    for to in source.addressees.exclude(as_printed__in=own_addressees):
        save(Addressee(statement=target, as_printed=to.as_printed, agency_id=to.agency_id), user, reason)


def retag(user: Any, statements: list[Statement], add: list[Theme], remove: list[Theme]) -> int:
    changed = 0
    for statement in statements:
        for tag in statement.theme_tags.filter(theme__in=remove):
            delete(tag, user, "Retagged with others")
            _remember(user, statement, "theme", tag.theme_id, Suggestion.Decision.REFUSED)
            changed += 1
        own = set(statement.theme_tags.values_list("theme", flat=True))
        for theme in add:
            if theme.pk not in own:
                tag = StatementTheme(statement=statement, theme=theme, assigned_by=AssignedBy.CURATOR)
                save(tag, user, "Retagged with others")
                changed += 1
    return changed
