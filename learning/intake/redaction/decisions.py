"""What is decided about passages that may identify somebody, and the cleaning that a redaction asks for.

A redacted value must be nowhere but in the raw text, so it is also taken out of what was copied from that text before:
titles, labels, claims, links, and every row of the history of all these.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.intake.editing import patterns
from learning.intake.editing.edits import delete, draft_of, note, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.permissions import EDIT, PUBLISH, need
from learning.intake.editing.redacted_words import refuse_redacted
from learning.intake.models import Finding
from learning.intake.redaction.scrub import forget_redacted, scrub
from learning.models import Bulletin, Redaction, SourceDocument
from learning.models.public_text import refresh_public_text, squash
from learning.reader.identifiers.findings import MARKERS
from learning.search.index import index_bulletin

generalised = patterns.generalised
CONTACT, IDENTIFIER, PLACE = Redaction.Kind.CONTACT, Redaction.Kind.IDENTIFIER, Redaction.Kind.PLACE
PUBLIC_REASONS: dict[str, tuple[Redaction.Kind, str]] = {  # kind of the redaction, and why, in words for the public
    Finding.Kind.BIRTH_DATE: (Redaction.Kind.BIRTH_DATE, "A date of birth."),
    Finding.Kind.DEATH_DATE: (Redaction.Kind.INCIDENT_DATE, "The day of a death."),
    Finding.Kind.INCIDENT_DATE: (Redaction.Kind.INCIDENT_DATE, "The day of an incident."),
    Finding.Kind.PERSON: (Redaction.Kind.PERSON, "The name of a person."),
    Finding.Kind.ADDRESS: (CONTACT, "The address of a person or a family."),
    Finding.Kind.POSTCODE: (CONTACT, "The postcode of a person or a family."),
    Finding.Kind.PHONE: (CONTACT, "The telephone number of a person."),
    Finding.Kind.EMAIL: (CONTACT, "The e-mail address of a person."),
    Finding.Kind.NHS_NUMBER: (IDENTIFIER, "A number that identifies a person."),
    Finding.Kind.NI_NUMBER: (IDENTIFIER, "A number that identifies a person."),
    Finding.Kind.UPN: (IDENTIFIER, "A number that identifies a person."),
    Finding.Kind.SCHOOL: (PLACE, "The name of a school."),
    Finding.Kind.PLACEMENT: (PLACE, "The name of a placement."),
    Finding.Kind.PROFILE_LINK: (CONTACT, "A link to a personal profile."),
    Finding.Kind.RARE_COMBINATION: (Redaction.Kind.RARE, "Details that are rare together."),
}
BY_HAND: dict[str, str] = {
    Redaction.Kind.BIRTH_DATE: "[date of birth removed]",
    Redaction.Kind.INCIDENT_DATE: "[date removed]",
    Redaction.Kind.PERSON: "[name removed]",
    CONTACT: "[contact details removed]",
    IDENTIFIER: "[number removed]",
    PLACE: "[name of place removed]",
    Redaction.Kind.RARE: "[details removed]",
    Redaction.Kind.BOARD: "[name of board removed]",
    Redaction.Kind.OTHER: "[removed]",
}
AGAIN = "The same words are redacted elsewhere in this text."
_SAME: dict[str, str] = {  # what words that were redacted by hand are, where they stand again
    Redaction.Kind.BIRTH_DATE: Finding.Kind.BIRTH_DATE,
    Redaction.Kind.INCIDENT_DATE: Finding.Kind.INCIDENT_DATE,
    Redaction.Kind.PERSON: Finding.Kind.PERSON,
}
_LEAST = 3  # characters of words that are looked for again


def decide(user: Any, finding: Finding, decision: str, *, reason: str = "", marker: str = "") -> Finding:
    """Redact, generalise, or keep with a reason; or take the decision back ("undecided").

    A publisher may decide at any time, an editor while the bulletin is a draft.
    """
    _may_decide(user, finding.bulletin)
    with transaction.atomic():
        finding = Finding.objects.select_for_update().get(pk=finding.pk)
        finding.bulletin = Bulletin.objects.get(pk=finding.bulletin_id)
        words = _words(finding)
        _check_reason(finding, decision, reason, words)
        refuse_redacted(finding.bulletin, {"reason": reason, "text": marker}, f"finding-{finding.pk}")
        _undo(user, finding)
        if decision in {Finding.Decision.REDACT, Finding.Decision.GENERALISE}:
            _redact(user, finding, _marker(finding, decision, marker, words))
        finding.decision = decision
        finding.reason = squash(reason)[:300] if decision == Finding.Decision.KEEP else ""
        finding.decided_by = None if decision == Finding.Decision.UNDECIDED else user
        finding.decided_at = None if decision == Finding.Decision.UNDECIDED else timezone.now()
        save(finding, user, f"Decided: {finding.get_decision_display().lower()}")
        note(user, finding.bulletin, [f"finding:{finding.pk}"], f"decided about {finding}")
        refresh(finding.bulletin)
    return finding


def redact_passage(user: Any, bulletin: Bulletin, start: int, end: int, kind: str, reason: str) -> Redaction:
    """Redact a passage that the guard did not find. ``kind`` is one of ``Redaction.Kind``; the reason is public."""
    _may_decide(user, bulletin)
    text = bulletin.source_document.text
    if kind not in Redaction.Kind.values or not reason.strip():
        raise EditRejected("Say what kind of detail it is, and why it is redacted.")
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise EditRejected("There are no words in this passage.")
    if squash(text[start:end]).casefold() in squash(reason).casefold():
        raise EditRejected("The reason is public: it must not say what is redacted.")
    refuse_redacted(bulletin, {"reason": reason})
    with transaction.atomic():
        redaction = _new_redaction(user, bulletin, start, end, kind, BY_HAND[kind], squash(reason))
        _ask_again(user, redaction, _SAME.get(kind, Finding.Kind.RARE_COMBINATION))
        note(user, bulletin, [f"redaction:{redaction.pk}"], "redacted words")
        refresh(bulletin)
    return redaction


def unredact(user: Any, redaction: Redaction, reason: str) -> None:
    """Show the words again. A publisher's decision alone, and with a reason."""
    need(user, PUBLISH)
    if not reason.strip():
        raise EditRejected("Say why the words may be shown.")
    with transaction.atomic():
        bulletin = redaction.bulletin
        note(user, bulletin, [f"redaction:{redaction.pk}"], "took back a redaction")
        delete(redaction, user, squash(reason))
        for finding in bulletin.findings.filter(start__lt=redaction.end, end__gt=redaction.start):
            finding.decision, finding.decided_by, finding.decided_at = Finding.Decision.UNDECIDED, None, None
            save(finding, user, "Its redaction was taken back")
        refresh(bulletin)


def look_for_names(user: Any, bulletin: Bulletin, names: Iterable[str]) -> int:
    """Findings wherever one of the names stands, in any case. The names themselves are stored nowhere.

    Returns how many places are new.
    """
    _may_decide(user, bulletin)
    text = bulletin.source_document.text
    places = {place for name in names for place in _places(text, squash(name))}
    with transaction.atomic():
        known = set(bulletin.findings.values_list("start", "end"))
        new = sorted(places - known)
        for start, end in new:
            why = "One of the names that somebody looked for."
            finding = Finding(bulletin=bulletin, start=start, end=end, kind=Finding.Kind.PERSON, why=why)
            save(finding, user, "A name was looked for")
    return len(new)


def refresh(bulletin: Bulletin) -> None:
    """Public text, copies, history and index after a change of redactions."""
    bulletin = Bulletin.objects.get(pk=bulletin.pk)
    if not SourceDocument.objects.filter(bulletin=bulletin).exists():
        return
    refresh_public_text(bulletin)
    scrub(bulletin)
    forget_redacted(bulletin)
    if draft_of(bulletin).published_at is not None or hasattr(bulletin, "search_document"):
        index_bulletin(bulletin)


# --- what these share -------------------------------------------------------------------------------------------


def _may_decide(user: Any, bulletin: Bulletin) -> None:
    need(user, EDIT if bulletin.state in {"draft", "ready"} else PUBLISH)


def _words(finding: Finding) -> str:
    return squash(finding.bulletin.source_document.text[finding.start : finding.end])


def _check_reason(finding: Finding, decision: str, reason: str, words: str) -> None:
    anchor = f"finding-{finding.pk}"
    if decision not in Finding.Decision.values:
        raise EditRejected(Reason("Choose whether to redact, generalise or keep it.", anchor))
    if decision == Finding.Decision.KEEP and not reason.strip():
        raise EditRejected(Reason("Say why it is kept.", anchor))
    if words.casefold() in squash(reason).casefold():
        raise EditRejected(Reason("The reason must not repeat the words that were found.", anchor))


def _marker(finding: Finding, decision: str, marker: str, words: str) -> str:
    """What the public reads instead."""
    anchor = f"finding-{finding.pk}"
    if decision == Finding.Decision.REDACT:
        return MARKERS[finding.kind]
    coarser = squash(marker) or finding.instead or patterns.generalised(finding.kind, words)
    if not coarser:
        raise EditRejected(
            Reason("This cannot be put more generally. Redact it, or write what shall stand there.", anchor)
        )
    if words.casefold() in coarser.casefold():
        raise EditRejected(Reason("What stands instead must not repeat the words that were found.", anchor))
    return (coarser if "[" in coarser else f"[{coarser}]")[:120]


def _redact(user: Any, finding: Finding, marker: str) -> None:
    kind, reason = PUBLIC_REASONS[finding.kind]
    redaction = _new_redaction(user, finding.bulletin, finding.start, finding.end, kind, marker, reason)
    _ask_again(user, redaction, finding.kind)


def _ask_again(user: Any, redaction: Redaction, kind: str) -> None:
    """A finding wherever the words of a redaction stand again, as they are or in capitals, and nobody was asked."""
    bulletin = redaction.bulletin
    text = bulletin.source_document.text
    words = squash(text[redaction.start : redaction.end])
    if redaction.kind == Redaction.Kind.RARE or len(words) < _LEAST:
        return
    taken = [*bulletin.findings.values_list("start", "end"), *bulletin.redactions.values_list("start", "end")]
    for start, end in patterns.occurrences(text, words):
        is_same = squash(text[start:end]) == words or text[start:end].isupper()
        if is_same and not any(first < end and start < last for first, last in taken):
            save(Finding(bulletin=bulletin, start=start, end=end, kind=kind, why=AGAIN), user, "Redacted elsewhere")


def _new_redaction(
    user: Any, bulletin: Bulletin, start: int, end: int, kind: str, marker: str, reason: str
) -> Redaction:
    """A redaction, in place of those that it covers. One that it only overlaps is widened to cover both."""
    for other in bulletin.redactions.filter(start__lt=end, end__gt=start):
        if other.start <= start and end <= other.end and (other.start, other.end) != (start, end):
            return other
        start, end = min(start, other.start), max(end, other.end)
        delete(other, user, "Covered by another redaction")
    wholly = bulletin.statements.filter(start__gte=start, end__lte=end).exclude(start=start, end=end)
    lead_ins = bulletin.statements.filter(lead_in_start__gte=start, lead_in_end__lte=end)
    within = [*wholly, *lead_ins.exclude(lead_in_start=start, lead_in_end=end)]
    if within:
        raise EditRejected(
            *(Reason(f"Nothing would be left of {one}. Drop it first.", f"statement-{one.pk}") for one in within)
        )
    redaction = Redaction(bulletin=bulletin, start=start, end=end, kind=kind, marker=marker, reason=reason[:300])
    save(redaction, user, "Redacted at the desk")
    return redaction


def _undo(user: Any, finding: Finding) -> None:
    """Take the redaction of an earlier decision back, where no other finding needs it."""
    redacted = {Finding.Decision.REDACT, Finding.Decision.GENERALISE}
    if finding.decision not in redacted:
        return
    others = finding.bulletin.findings.exclude(pk=finding.pk).filter(decision__in=redacted)
    for redaction in finding.bulletin.redactions.filter(start__lte=finding.start, end__gte=finding.end):
        if not others.filter(start__lt=redaction.end, end__gt=redaction.start).exists():
            delete(redaction, user, "Decided anew")


def _places(text: str, name: str) -> list[tuple[int, int]]:
    """Where a name stands as words of their own, whatever the white space between them."""
    if not any(letter.isalnum() for letter in name):
        return []
    return patterns.occurrences(text, name)
