"""Every component of the site once, filled with plainly made-up words: for developers, screenshots and tests."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning.components.progress import Status
from learning.components.statement_card import Age
from learning.models import CurrentStatus

HERE = "/styleguide/"
WORDS = "Sample statement text: staff in the sample service should write down what was agreed, by whom and by when."
KINDS = [
    ("risk_indicator", "Risk indicator"),
    ("learning_point", "Learning point"),
    ("recommendation", "Recommendation"),
    ("action", "Action"),
    ("good_practice", "Good practice"),
    ("question", "Question"),
    ("fact", "Fact"),
]
COLOURS = [
    "ink", "ink-soft", "action", "action-strong", "visited", "panel", "rule", "edge", "focus", "marked", "attention",
    "error", "success",
]  # fmt: skip


class SampleForm(forms.Form):
    topic = forms.ChoiceField(
        label="What is it about?",
        choices=[("a", "Sample choice A"), ("b", "Sample choice B")],
        widget=forms.RadioSelect,
    )
    message = forms.CharField(
        label="Your message",
        help_text="Leave out names.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write your message"},
    )
    reply_to = forms.EmailField(
        label="E-mail address",
        help_text="Only if you want an answer.",
        required=False,
        error_messages={"invalid": "Write the e-mail address in full, like name@example.org"},
    )
    board = forms.ChoiceField(
        label="Sample board",
        choices=[("", "Choose a board"), ("x", "Sample Board")],
        error_messages={"required": "Choose a board"},
    )


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    form = SampleForm({"topic": "a", "message": "", "reply_to": "sample", "board": ""})
    paginator = Paginator(range(180), 20)
    context = {
        **samples(),
        "colours": COLOURS,
        "kinds": KINDS,
        "cards": [sample_card(pk, *kind) for pk, kind in enumerate(KINDS, start=1)],
        "age": Age("2014 to 2016", is_old=True),
        "form": form,
        "page_obj": paginator.page(4),
        "page_range": list(paginator.get_elided_page_range(4, on_each_side=1, on_ends=1)),
        "groups": [kind_group(), theme_group(), {"name": "agency", "legend": "Agency named"}],
        "nav_section": "learning",
    }
    return render(request, "pages/styleguide.html", context)


def sample_card(pk: int, kind: str, label: str) -> dict[str, Any]:
    """What the statement component reads; the third has all that a statement may have."""
    is_full = kind == "recommendation"
    notes = {
        "recommendation": ["To: the Board, the sample service"],
        "action": ["number lost in the source", "breaks off here in the source"],
        "learning_point": ["finding in prose"],
    }
    return {
        "pk": pk,
        "kind": kind,
        "label": f"{label} 3a" if is_full else label,
        "url": HERE,
        "cite_url": HERE,
        "before": "Sample lead-in: we have put in place systems to ensure that:" if is_full else "",
        "text": WORDS,
        "citation": "Sample Source, 2011" if kind == "fact" else "",
        "notes": notes.get(kind, []),
        "source": "Sample Review A",
        "source_url": HERE,
        "place": "Sample 2016",
        "tag": "Sample theme",
        "tag_in_full": "Sample theme",
        "tag_url": HERE,
        "more_tags": 2 if is_full else 0,
        "themes": "3 themes" if is_full else "1 theme",
        "reason": "It is the first to say what should be written down." if kind == "question" else "",
    }


def option(value: str, label: str, count: int, **more: Any) -> dict[str, Any]:
    return {"value": value, "label": label, "count": count, **more}


def kind_group() -> dict[str, Any]:
    counts = [11, 66, 16, 28, 0, 14, 5]
    options = [option(value, label, count) for (value, label), count in zip(KINDS, counts, strict=True)]
    return {"name": "kind", "legend": "Kind", "is_open": True, "options": options}


def theme_group() -> dict[str, Any]:
    first = [
        option("sample-a", "Sample theme", 22, is_selected=True),
        option("sample-b", "Sample theme beneath it", 9, depth=1),
        option("not-stated", "Not stated", 4),
    ]
    return {
        "name": "theme",
        "legend": "Theme",
        "match_name": "theme_match",
        "match_value": "any",
        "options": first,
        "is_open": True,
        "chosen": 1,
        "more_url": HERE,
        "total": 9,
    }


def samples() -> dict[str, Any]:
    return {
        "words": WORDS,
        "here": HERE,
        "crumbs": [{"label": "Learning", "url": HERE}, {"label": "Style guide"}],
        "chips": [
            {"group": "Theme", "label": "Sample theme", "remove_url": HERE},
            {"group": "Kind", "label": "Recommendation", "remove_url": HERE},
        ],
        "sort_options": [
            {"value": "newest", "label": "Newest review", "is_selected": True},
            {"value": "board", "label": "Board"},
        ],
        "tabs": [
            {"label": "All", "url": HERE, "count": 140, "is_current": True},
            {"label": "Learning points", "url": HERE, "count": 66},
            {"label": "Recommendations", "url": HERE, "count": 16},
        ],
        "rows": [
            {"term": "Type", "value": "Serious case review"},
            {"term": "Bulletin", "value": "Sample learning bulletin", "url": HERE},
            {
                "term": "Age band at the incident",
                "is_absent": True,
                "value": "withheld",
                "note": "Known, and kept back.",
            },
            {"term": "Sex", "is_absent": True, "value": "not stated", "note": "The bulletin does not say."},
        ],
        "items": [
            {"id": "statements", "label": "Statements", "count": 7},
            {"id": "lists", "label": "Lists and filters"},
            {"id": "forms", "label": "Forms"},
            {"id": "document", "label": "Document"},
        ],
        "bars": [
            {"label": "2014", "value": 2, "width": 22, "url": HERE},
            {"label": "2015", "value": 5, "width": 56, "url": HERE},
            {"label": "2016", "value": 9, "width": 100, "url": HERE},
            {"label": "Not stated", "value": "fewer than 5", "width": 0},
        ],
        "headings": [
            {"label": "Board"},
            {"label": "Reviews", "numeric": True},
            {"label": "Statements", "numeric": True},
        ],
        "table_rows": [
            [
                {"text": f"Sample Board {n}", "url": HERE},
                {"text": n, "numeric": True},
                {"text": 12 * n, "numeric": True},
            ]
            for n in (1, 2, 3)
        ],
        "entries": [
            {"status": "accepted", "status_label": "Accepted", "text": WORDS, "source": "Sample bulletin, 2016"},
            {"status": "done", "status_label": "Done", "date_text": "March 2017", "source": "Sample Board, minutes"},
        ],
        "statuses": [
            Status(CurrentStatus.NOT_LOOKED_FOR),
            Status(CurrentStatus.RESPONSE_EXISTS, "(named in the bulletin, 2016)"),
            Status(CurrentStatus.UNDER_WAY, "(March 2017)"),
            Status(CurrentStatus.DONE, "(2018)"),
        ],
        "links": [{"label": "Clear all filters", "url": HERE}, {"label": "Look through the themes", "url": HERE}],
        "pieces": [
            {"text": "Sample words with "},
            {"text": "what matched", "is_hit": True},
            {"text": " marked in them."},
        ],
    }
