"""What is decided about passages that may identify somebody."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.intake.editing import patterns
from learning.intake.editing.edits import create_all, save
from learning.intake.editing.errors import EditRejected, Reason
from learning.intake.editing.permissions import EDIT, PUBLISH, need
from learning.intake.models import Finding
from learning.intake.redaction.redacted_text import REDACTED, RedactedText, overlapping
from learning.models import Bulletin, Redaction
from learning.models.public_text import squash
from learning.reader.identifiers.findings import MARKERS

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
_SAME: dict[str, str] = {  # what words that were redacted by hand are, where they stand again
    Redaction.Kind.BIRTH_DATE: Finding.Kind.BIRTH_DATE,
    Redaction.Kind.INCIDENT_DATE: Finding.Kind.INCIDENT_DATE,
    Redaction.Kind.PERSON: Finding.Kind.PERSON,
}


def decide(user: Any, finding: Finding, decision: str, *, reason: str = "", marker: str = "") -> Finding:
    """Redact, generalise, or keep with a reason; or take the decision back ("undecided").

    A publisher may decide at any time, an editor while the bulletin is a draft.
    """
    _may_decide(user, finding.bulletin)
    with transaction.atomic():
        text = RedactedText(user, finding.bulletin)
        finding = text.finding(finding)
        words = squash(text.raw[finding.start : finding.end])
        _check_reason(finding, decision, reason, words)
        text.refuse_redacted({"reason": reason, "text": marker}, f"finding-{finding.pk}")
        if finding.decision in REDACTED:
            text.uncover(finding)
        if decision in REDACTED:
            kind, public_reason = PUBLIC_REASONS[finding.kind]
            stands_there = _marker(finding, decision, marker, words)
            text.ask_again(text.cover(finding.start, finding.end, kind, stands_there, public_reason), finding.kind)
        finding.decision = decision
        finding.reason = squash(reason)[:300] if decision == Finding.Decision.KEEP else ""
        finding.decided_by = None if decision == Finding.Decision.UNDECIDED else user
        finding.decided_at = None if decision == Finding.Decision.UNDECIDED else timezone.now()
        save(finding, user, f"Decided: {finding.get_decision_display().lower()}")
        text.store([f"finding:{finding.pk}"], f"decided about {finding}")
    return finding


def redact_passage(user: Any, bulletin: Bulletin, start: int, end: int, kind: str, reason: str) -> Redaction:
    """Redact a passage that the guard did not find. ``kind`` is one of ``Redaction.Kind``; the reason is public."""
    _may_decide(user, bulletin)
    raw = bulletin.source_document.text
    if kind not in Redaction.Kind.values or not reason.strip():
        raise EditRejected("Say what kind of detail it is, and why it is redacted.")
    if not 0 <= start < end <= len(raw) or not raw[start:end].strip():
        raise EditRejected("There are no words in this passage.")
    if squash(raw[start:end]).casefold() in squash(reason).casefold():
        raise EditRejected("The reason is public: it must not say what is redacted.")
    with transaction.atomic():
        text = RedactedText(user, bulletin)
        text.refuse_redacted({"reason": reason})
        redaction = text.cover(start, end, kind, BY_HAND[kind], squash(reason))
        text.ask_again(redaction, _SAME.get(kind, Finding.Kind.RARE_COMBINATION))
        text.store([f"redaction:{redaction.pk}"], "redacted words")
    return redaction


def unredact(user: Any, redaction: Redaction, reason: str) -> None:
    """Show the words again. A publisher's decision alone, and with a reason."""
    need(user, PUBLISH)
    if not reason.strip():
        raise EditRejected("Say why the words may be shown.")
    with transaction.atomic():
        text = RedactedText(user, redaction.bulletin)
        target = f"redaction:{redaction.pk}"
        text.remove(redaction, squash(reason))
        for finding in overlapping(text.findings, redaction.start, redaction.end):
            finding.decision, finding.decided_by, finding.decided_at = Finding.Decision.UNDECIDED, None, None
            save(finding, user, "Its redaction was taken back")
        text.store([target], "took back a redaction")


def look_for_names(user: Any, bulletin: Bulletin, names: Iterable[str]) -> int:
    """Findings wherever one of the names stands, in any case. The names themselves are stored nowhere.

    Returns how many places are new.
    """
    _may_decide(user, bulletin)
    text = bulletin.source_document.text
    places = {place for name in names for place in _places(text, squash(name))}
    with transaction.atomic():
        known = set(bulletin.findings.values_list("start", "end"))
        why, kind = "One of the names that somebody looked for.", Finding.Kind.PERSON
        new = [
            Finding(bulletin=bulletin, start=start, end=end, kind=kind, why=why)
            for start, end in sorted(places - known)
        ]
        create_all(new, user, "A name was looked for")
    return len(new)


# --- what these share -------------------------------------------------------------------------------------------


def _may_decide(user: Any, bulletin: Bulletin) -> None:
    need(user, EDIT if bulletin.state in {"draft", "ready"} else PUBLISH)


def _check_reason(finding: Finding, decision: str, reason: str, words: str) -> None:
    anchor = f"finding-{finding.pk}"
    if decision not in Finding.Decision.values:
        raise EditRejected(Reason("Choose whether to redact, generalise or keep it.", anchor))
    if decision == Finding.Decision.KEEP and not reason.strip():
        raise EditRejected(Reason("Say why you are keeping it.", anchor))
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
            Reason("This cannot be put more generally. Redact it, or enter what the public will read instead.", anchor)
        )
    if words.casefold() in coarser.casefold():
        raise EditRejected(Reason("What the public reads instead must not repeat the words that were found.", anchor))
    return (coarser if "[" in coarser else f"[{coarser}]")[:120]


def _places(text: str, name: str) -> list[tuple[int, int]]:
    """Where a name stands as words of their own, whatever the white space between them."""
    if not any(letter.isalnum() for letter in name):
        return []
    return patterns.occurrences(text, name)
