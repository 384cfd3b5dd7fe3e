"""Names in forms, letters and lists of those present: the rules by what is written before the name, and where."""

from learning.reader.identifiers.people.words import AGENCY, Evidence, PersonRule, begins, ends

FORM_RULES = (
    PersonRule(
        "The name of a family.",
        "The «Mossbeck» family moved four times.",
        Evidence.SINGLE,
        ends(r"\b[Tt]he\s"),
        begins(r"\s(?:family|household|siblings|children|brothers|sisters|twins)\b"),
        near_miss="The Troubled Families programme and the Bangladeshi family differ.",
    ),
    PersonRule(
        "A name in a form.",
        "Name: «Mira Mossbeck»\nSchool: not known",
        Evidence.PLAIN,
        ends(
            r"(?:^|\n)[ \t]*(?:[-•*][ ])?(?i:(?:[\w'’]+\s){0,3}(?:name|author|authors|signed|signature|reviewer|"
            r"reviewers|contact|prepared\sby|written\sby|completed\sby|chair|manager|mother|father|parent|carer|"
            r"gp))\s?(?:\([^)\n]{1,20}\)\s?)?:\s*"
        ),
        begins(r"(?=\s*(?:$|[\n,;(–|.-]))"),
        "Author: Legal Services",
        is_cited=False,
    ),
    PersonRule(
        "A name in a form.",
        "Social worker: «Mossbeck», since May",
        Evidence.SINGLE,
        ends(
            r"\b(?i:(?:sur|fore|first|middle|last|family|given|maiden|previous)\s?names?|name\sof\s(?:\w+\s)?\w+|"
            r"(?:seen|referred|completed|reported|taken|recorded|entered)\sby|allocated\sto|(?:social|support|key|youth)\s?worker|"
            r"health\svisitor|child|pupil|patient|mother|father|mum|dad|sibling|partner|carer|next\sof\skin|subject)"
            r"(?:[ ]?[:=]|[ ][–-])[ ]*"
        ),
        begins(r"(?!\s(?:and|of|or|in|on|for|to)\b|[:(])"),
        "Social worker: Ofsted and the council",
    ),
    PersonRule(
        "A name at the head or the foot of a letter.",
        "Cc: «Mabeka Mossbeck»",
        Evidence.FULL,
        ends(
            r"(?:^|\n)[ \t]*(?i:cc|bcc|to|from|attn|fao|re|attendees|present|apologies)\s?:\s*|"
            r"\b(?i:sincerely|faithfully|truly|regards|wishes|thanks|signed|love),?\s*\n\s*"
        ),
        near_miss="To: Sampleshire Council",
    ),
    PersonRule(
        "A name with whom somebody is there for.",
        "«Mabeka Mossbeck» (Health) sent apologies.",
        Evidence.FULL,
        after=begins(rf"\s\((?:{AGENCY})(?:\)|,|\s)"),
        near_miss="Sampleshire Council (Health) sent apologies.",
    ),
    PersonRule(
        "A name in a letter.",
        "Dear «Mossbeck», I am sorry.",
        Evidence.SINGLE,
        ends(r"\b(?:[Dd]ear|Hi|Hello|Hey|[Ll]ove\sfrom|[Ff]rom\syour\s\w+)\s"),
        begins(r"(?=[,.!\n]|\s[a-z])"),
    ),
)
