"""What the reader found becomes a draft: a bulletin with its text, reviews, statements, tags and findings.

Called within one transaction: there is the whole draft, or nothing.
"""

import re

from learning.intake.drafts import duplicates
from learning.intake.drafts.make import board_named, date_of, make_review, unknown_board, years_of
from learning.intake.drafts.suggestions import Suggester, put_on
from learning.intake.editing.edits import save
from learning.intake.editing.slugs import free_slug
from learning.intake.models import Draft, Finding, ImportJob, Suggestion
from learning.intake.redaction import detect
from learning.models import Bulletin, Link, SourceDocument, StatedCount, Statement
from learning.models.public_text import refresh_public_text, squash
from learning.reader.document import ParsedDocument as Document
from learning.reader.statements.facts import Facts
from learning.reader.statements.reader import ParsedStatement as Read
from learning.reader.wording import lookup
from reviews.models import Board, Review, ReviewAlias, ReviewTheme
from reviews.state import AssignedBy

_KINDS = (  # words in a title, and the kind of bulletin that they speak of; the first that fits
    (r"7[- ]?minute|seven[- ]minute", Bulletin.Kind.SEVEN_MINUTE),
    (r"newsletter", Bulletin.Kind.NEWSLETTER),
    (r"\bresponse\b", Bulletin.Kind.RESPONSE),
    (r"executive summary", Bulletin.Kind.SUMMARY),
    (r"overview report", Bulletin.Kind.REPORT),
    (r"thematic", Bulletin.Kind.THEMATIC),
    (r"learning paper", Bulletin.Kind.LEARNING_PAPER),
    (r"briefing", Bulletin.Kind.BRIEFING),
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”]+[^\s<>\"'“”.,;:)\]]")


def store(job: ImportJob, document: Document) -> Bulletin:
    """The draft of a document that was read. Fills the counts and warnings of its job."""
    bulletin = _bulletin(job, document)
    _source(job, bulletin, document)
    reviews = _reviews(job, bulletin, document)
    statements = _statements(job, bulletin, document, reviews)
    links, claims = _links(job, bulletin, document), _claims(job, bulletin, document)
    findings = _findings(job, bulletin, document.canonical.text)
    refresh_public_text(bulletin)
    _draft(job, bulletin, document)
    job.counts = {
        "reviews": len(set(reviews.values())),
        "statements": len(statements),
        "links": links,
        "stated_counts": claims,
        "findings": findings,
        "letters": len(document.canonical.text),
    }
    job.warnings = [*document.canonical.warnings, *job.warnings]
    return bulletin


def reason_of(job: ImportJob) -> str:
    return f"Read from import {job.pk}"


# --- the bulletin ---------------------------------------------------------------------------------------------------


def _bulletin(job: ImportJob, document: Document) -> Bulletin:
    facts = document.facts
    title = (facts.title or job.name)[:300]
    published_on, precision = date_of(facts.published_on or "")
    first, last = years_of(facts.published_on or facts.period)
    bulletin = Bulletin(
        board=job.board or board_of(job, facts),
        slug=free_slug(title),
        title=title,
        kind=next((kind for words, kind in _KINDS if re.search(words, title, re.I)), Bulletin.Kind.LEARNING_BULLETIN),
        published_on=published_on,
        published_precision=precision,
        period=facts.period[:60],
        first_year=first,
        last_year=last,
    )
    save(bulletin, job.started_by, reason_of(job))
    return bulletin


def board_of(job: ImportJob, facts: Facts) -> Board:
    """The board that the document names in full. Two boards may print one abbreviation: that alone names none."""
    name = (facts.publisher or "").strip()
    if len(name.split()) < 2 or len(name) > 200:
        printed = f" The bulletin prints only “{name}”." if name else ""
        job.warnings.append(f"We could not be sure which board it is.{printed} Choose one.")
        return unknown_board()
    board, is_new = board_named(job.started_by, name, facts.short_publisher[:40], reason_of(job))
    if is_new:
        job.warnings.append(
            "This board is new here. Check its name, and whether it is already here under another name."
        )
    return board


# --- its text -------------------------------------------------------------------------------------------------------


def _source(job: ImportJob, bulletin: Bulletin, document: Document) -> None:
    source = SourceDocument(
        bulletin=bulletin,
        text=document.canonical.text,
        blocks=document.canonical.as_json(),
        text_version=job.text_version,
        sha256=job.sha256,
        original=job.file.name,
    )
    save(source, job.started_by, reason_of(job))


def _draft(job: ImportJob, bulletin: Bulletin, document: Document) -> None:
    lead_ins = {statement.lead_in for statement in document.reading.statements if statement.lead_in}
    Draft.objects.create(
        bulletin=bulletin,
        entered_by=job.started_by,
        last_editor=job.started_by,
        learning_blocks=[
            index for index in sorted(set(document.reading.learning_blocks)) if is_asked_for(document, index)
        ],
        lead_ins=sorted([start, end] for start, end in lead_ins),
        furniture=document.canonical.furniture,
        sketch=duplicates.sketch(document.canonical.text),
    )


def is_asked_for(document: Document, index: int) -> bool:
    """Whether a block of a learning section may hold a statement: a heading announces, and a link is kept as a link."""
    block = document.canonical.blocks[index]
    words = document.canonical.words(block)
    announces = len(words.split()) <= 10 and lookup.heading_kind(words) is not None
    return block.kind != "heading" and not block.has_link and not announces


def _links(job: ImportJob, bulletin: Bulletin, document: Document) -> int:
    printed: dict[str, str] = {}
    for block in document.canonical.blocks:
        words = " ".join(document.canonical.words(block).split())
        addresses = [address for address in _ADDRESS.findall(words) if len(address) <= 500]
        for address in addresses:
            title = words.replace(address, "").strip(" :–-()") if len(addresses) == 1 and len(words) <= 300 else ""
            printed.setdefault(address, title or address)
        if block.has_link and not addresses:
            printed.setdefault(f"\0{words}", words)
    for position, (address, title) in enumerate(printed.items(), 1):
        link = Link(bulletin=bulletin, position=position, title=title[:300])
        link.address = "" if address.startswith("\0") else address
        save(link, job.started_by, reason_of(job))
    return len(printed)


def _claims(job: ImportJob, bulletin: Bulletin, document: Document) -> int:
    claims = {(kind, words[:300]): number for kind, number, words in document.facts.claims}
    for (kind, words), number in claims.items():
        claim = StatedCount(bulletin=bulletin, kind=kind, count=number, as_printed=words)
        save(claim, job.started_by, reason_of(job))
    return len(claims)


def _findings(job: ImportJob, bulletin: Bulletin, text: str) -> int:
    identifiers = detect.findings(text)
    for found in identifiers:
        finding = Finding(bulletin=bulletin, start=found.start, end=found.end, kind=found.kind, why=found.why[:300])
        finding.suggestion, finding.instead = found.suggestion, found.instead[:120]
        save(finding, job.started_by, reason_of(job))
    return len(identifiers)


# --- reviews and statements -----------------------------------------------------------------------------------------


def _reviews(job: ImportJob, bulletin: Bulletin, document: Document) -> dict[str, Review]:
    """A draft of a review for each label, by label. Whether it is one that is known already is for a person to say."""
    reviews = {}
    for label in document.subjects.labels:
        review = make_review(job.started_by, bulletin, label, reason_of(job))
        for alias in dict.fromkeys(document.subjects.aliases.get(label, [])):
            save(ReviewAlias(review=review, name=alias[:120]), job.started_by, reason_of(job))
        reviews[label] = review
    return reviews


def _statements(
    job: ImportJob, bulletin: Bulletin, document: Document, reviews: dict[str, Review]
) -> dict[int, Statement]:
    read = document.reading.statements
    tagger = Tagger(job, document)
    stored: dict[int, Statement] = {}
    for index, one in enumerate(read):
        statement = _statement(bulletin, index + 1, one)
        _lead_in(statement, one, document.canonical.text)
        statement.review = reviews.get(one.review)
        save(statement, job.started_by, reason_of(job))
        tagger.tag(statement, one)
        stored[index] = statement
    for index, one in enumerate(read):
        if one.parent is not None and one.parent != index and one.parent in stored:
            stored[index].parent = stored[one.parent]
            save(stored[index], job.started_by, reason_of(job))
    tagger.finish(reviews)
    return stored


def _statement(bulletin: Bulletin, position: int, one: Read) -> Statement:
    """The public words and offsets are derived once all is stored; until then they are those of the raw text."""
    number = one.number[:20].strip()
    return Statement(
        bulletin=bulletin,
        serial=position,
        position=position,
        kind=one.kind,
        form=one.form,
        number=number,
        number_status=Statement.NumberStatus.PRINTED if number else Statement.NumberStatus.NONE,
        text=one.text,
        start=one.start,
        end=one.end,
        public_start=one.start,
        public_end=one.end,
    )


def _lead_in(statement: Statement, one: Read, text: str) -> None:
    """The words before a list that are no statement, where this one goes on in the middle of their sentence."""
    if one.lead_in is not None and one.parent is None and one.text[:1].islower():
        statement.lead_in_start, statement.lead_in_end = one.lead_in
        statement.lead_in = squash(text[one.lead_in[0] : one.lead_in[1]])


class Tagger:
    """Puts the suggested themes, agencies and addressees on statements, and themes on reviews; keeps the reasons.

    What the words of a statement name is the source's; what follows from the words around it is the curators'.
    """

    def __init__(self, job: ImportJob, document: Document) -> None:
        self.document, self.user, self.reason = document, job.started_by, reason_of(job)
        self.suggester = Suggester(document.canonical.text)
        labels = document.subjects.labels
        self.of_reviews = {label: document.themes_of_review(label, self.suggester.vocabulary) for label in labels}
        self.found: list[Suggestion] = []

    def tag(self, statement: Statement, one: Read) -> None:
        lead_in = self.document.reading.statements[one.parent].text if one.parent is not None else ""
        for suggestion in self.suggester.of(statement, lead_in, self.of_reviews.get(one.review, [])):
            if suggestion.why != Suggestion.Why.REVIEW:
                put_on(self.user, suggestion, self.suggester.text, self.reason)
            self.found.append(suggestion)

    def finish(self, reviews: dict[str, Review]) -> None:
        Suggestion.objects.bulk_create(self.found)
        for label, review in reviews.items():
            for slug in dict.fromkeys(self.of_reviews[label]):
                if slug in self.suggester.themes:
                    theme = self.suggester.themes[slug]
                    tag = ReviewTheme(review=review, theme=theme, assigned_by=AssignedBy.CURATOR)
                    save(tag, self.user, self.reason)
