"""What beside words with a capital makes them a person's name: the table of rules, each with an example."""

from learning.reader.identifiers.people.form_rules import FORM_RULES
from learning.reader.identifiers.people.words import (
    GREET,
    LONG_TITLE,
    PUBLIC_TITLE,
    QUOTE,
    RANK,
    SAID,
    TITLE,
    Evidence,
    PersonRule,
    begins,
    ends,
)
from learning.reader.identifiers.words import POST, RELATION, ROLE

_APART = r"[ ]?(?:,|:|\(|–|—|-|\n)[ ]?(?:a\s|the\s)?"
RULES = (
    *FORM_RULES,
    PersonRule(
        "A name after a title.",
        "Mrs «Mossbeck» kept good records.",
        Evidence.PLAIN,
        ends(
            rf"(?<!\w)(?:{TITLE}|MR|MRS|MS|MISS|DR)\.?\s(?:(?:and|&)\s(?:Mrs|Ms|Mr|Dr)\.?\s)?|"
            rf"(?<!\w)(?<!\d\s)(?:mr|mrs|ms|dr)\.?\s"
        ),
        begins(r"(?!\sand\sthe\b)"),
        "Mr A and Ms B were both helpful.",
        is_cited=False,
    ),
    PersonRule(
        "A name after a title.",
        "Professor «Mossbeck» gave evidence.",
        Evidence.PLAIN,
        ends(rf"(?<!\w){PUBLIC_TITLE}\.?\s"),
        near_miss="Lord Mossbeck's report led to the Act.",
    ),
    PersonRule(
        "A name after a rank.",
        "PC 1042 «Mossbeck» attended.",
        Evidence.SINGLE,
        ends(rf"(?<!\w){RANK}\.?\s(?:\d{{2,5}}\s)?"),
        near_miss="DS 17 was not recorded.",
        is_cited=False,
    ),
    PersonRule(
        "A name after a title.",
        "She was seen by Nurse «Mossbeck» twice.",
        Evidence.SINGLE,
        ends(rf"(?<!\w){LONG_TITLE}\s"),
        near_miss="Doctor May Share Information Without Consent (flowchart 3)",
    ),
    PersonRule(
        "A name beside the words that give a name.",
        "Her real first name, «Mossbeck», was in the draft.",
        Evidence.MAYBE,
        ends(
            rf"\b(?i:real\s(?:first\s)?name|full\sname|(?:maiden|first|given|birth|sur|middle|last|family)\s?name|"
            rf"née|aka|a\.k\.a\.|(?:gave|give|using|used|under)\s(?:the|a|his|her)\s(?:false\s)?name(?:\sof)?|"
            rf"kn[eo]w\s(?:\w+\s){{0,3}}as|named\s(?:\w+\s){{1,3}}as|identified\sas|"
            rf"named\sas|(?:also|otherwise|formerly|previously|now)\sknown\sas|known\sto\sus\sas|formerly|goes\sby)(?:\s(?:is|"
            rf"was))?,?:?\s{QUOTE}"
        ),
        near_miss="The child is referred to as Bluebell throughout.",
        is_cited=False,
    ),
    PersonRule(
        "A name beside the words that give a name.",
        "The boy, whose name is «Mossbeck», was in Year 4.",
        Evidence.SINGLE,
        ends(
            rf"\b(?i:(?:my|his|her|their|whose|['’]s)\s(?:\w+\s)?names?\s(?:is|was|are|were)(?:\s(?:given|"
            rf"recorded|shown|known|spelt|entered|written))?(?:\sas)?)\s{QUOTE}"
        ),
    ),
    PersonRule(
        "A name after a relation.",
        "Her stepfather «Mossbeck» was in the room.",
        Evidence.SINGLE,
        ends(
            rf"(?<![\w-])(?i:{RELATION})(?:['’]s)?(?:\sof\s(?:the\s)?\w+)?(?:\s|{_APART}|\s(?:called|named|"
            rf"known\sas)\s){QUOTE}"
        ),
        near_miss="The mother, Croydon Council and the police met.",
    ),
    PersonRule(
        "A name after a relation.",
        "Her stepfather «Will» was in the room.",
        Evidence.MAYBE,
        ends(rf"\b(?:[Hh]is|[Hh]er|[Tt]heir|the|[a-z]+['’]s)\s{RELATION}(?:\s|,\s){QUOTE}"),
        begins(r"(?=,?\s(?:was|is|had|has|who|said|told|did|were|at|in|and|to)\b|,\s[a-z]|\))"),
        near_miss="Mother Will Not Engage: rethinking our words",
    ),
    PersonRule(
        "A name after a role.",
        "The support worker, «Mossbeck», was kind.",
        Evidence.SINGLE,
        ends(rf"(?i:\b{POST})(?:\s(?:for|of|at)\s[\w'’& -]{{3,40}}?)?\s?[,:(–—]\s?{QUOTE}"),
        begins(r"(?=\s*(?:[,;).–—:(\n]|$)|\s(?:who|said|told|was|is|and|has|had)\b)"),
        near_miss="The social worker, Ofsted and the school met.",
    ),
    PersonRule(
        "A name after a role.",
        "The support worker, «May Summers», said so.",
        Evidence.MAYBE,
        ends(rf"\b(?i:the|his|her|their|its|a|an|our)\s(?:[\w-]+\s){{0,3}}(?i:{POST}),\s"),
        begins(r"(?=,\s(?:said|told|was|is|had|has|who|felt|[a-z]+ed)\b)"),
        near_miss="Social Worker Hope and Optimism: the Dangers of the Rule",
    ),
    PersonRule(
        "A name after a role.",
        "The lead reviewer «Mira Mossbeck» met the family.",
        Evidence.FULL,
        ends(rf"(?i:\b{POST})\s"),
        near_miss="The Business Manager Sampleshire Council appointed has left.",
    ),
    PersonRule(
        "A name after a role.",
        "The social worker «Mossbeck» rang.",
        Evidence.SINGLE,
        ends(rf"\b{POST}\s"),
        begins(r"(?=,?\s(?:and\s)?[a-z]+|[,.;)])"),
    ),
    PersonRule(
        "A name before a role.",
        "«Mira Mossbeck»: Independent Consultant",
        Evidence.SURE,
        after=begins(
            rf"\s?[,(:–—|-]?\s{{0,2}}(?:the\s|an?\s|our\s|his\s|her\s|their\s|then\s|is\s(?:the\s|"
            rf"an?\s)?)?(?i:{ROLE})\b"
        ),
    ),
    PersonRule(
        "A name before a role.",
        "«Mabeka Mossbeck», Team Manager",
        Evidence.FULL,
        after=begins(rf"\s?[,(:–—|\n-]\s{{0,2}}(?:the\s|an?\s|our\s|his\s|her\s|their\s|then\s)?(?i:{ROLE})\b"),
        near_miss="In Nether Sampleby, social workers have high caseloads.",
    ),
    PersonRule(
        "A name before a role.",
        "«Mossbeck», the family's health visitor, rang.",
        Evidence.MAYBE,
        after=begins(
            rf",\s(?:an?|the|his|her|their|our)\s(?:[\w'’-]+\s){{0,4}}?{POST}\b(?=[,.;)]|\s(?:who|at|for|in|from|of)\b)"
        ),
        near_miss="In May, the social worker left.",
    ),
    PersonRule(
        "A name before a relation.",
        "«Mossbeck», mother of Child S, rang.",
        Evidence.MAYBE,
        after=begins(
            rf"\s?[,(]\s?(?:his\s|her\s|their\s|an?\s)?(?:[\w-]+\s){{0,2}}?{RELATION}(?:\sof\b|\sto\b|,|"
            rf"\)|['’]s\b|\.|\swho\b)|,\sthe\s(?:[\w-]+\s){{0,2}}?{RELATION}(?:\sof\b|,)"
        ),
    ),
    PersonRule(
        "A name and an age or a date of birth.",
        "«Mossbeck» (dob 1.2.2010) was seen.",
        Evidence.MAYBE,
        after=begins(
            r"\s?[,(]\s?(?:then\s)?(?i:dob|d\.o\.b|date\sof\sbirth|born|b\.|age[d]?\s\d|\d{1,2}\s?[),]|\d{1,2}\syears)"
        ),
    ),
    PersonRule(
        "A name in quotation marks, of somebody.",
        'She was sent to "«Mossbeck»", a friend of her father.',
        Evidence.SINGLE,
        ends(r"[\"“]"),
        begins(rf"[\"”],?\s(?:an?|the|his|her|their)\s(?:[\w-]+\s){{0,2}}?{RELATION}\b"),
    ),
    PersonRule(
        "Somebody who is met, thanked, accused or named.",
        "We thank «Mabeka Mossbeck» for his time.",
        Evidence.FULL,
        ends(rf"\b(?i:{GREET}):?\s"),
        near_miss="The Board appointed Sampleshire Council to lead.",
    ),
    PersonRule(
        "A nickname.",
        "On the street he was nicknamed «Smiler» by others.",
        Evidence.PLAIN,
        ends(
            rf"\b(?:(?:man|woman|male|female|boy|girl|youth|youths|dealer|adult|nominal|someone|somebody|person)\s(?:only\s|locally\s)?"
            r"known\s(?:only\s|locally\s)?as|nicknamed|(?:nickname|street\sname)\s(?:was|is|of)|known\sto\s(?:\w+\s){{0,3}}as|"
            rf"known\slocally\sas)\s{QUOTE}"
        ),
    ),
    PersonRule(
        "Somebody who is named.",
        "A man called «Mossbeck» drove the car.",
        Evidence.MAYBE,
        ends(
            r"\b(?:mates|friends|family|neighbours?|everyone|siblings|they|he|she|who)\scall(?:ed|s)?\s(?:(?:him|"
            r"her|them)\s)?[\"“‘']?|"
            rf"\b(?:man|woman|boy|girl|male|female|person|adult|one|friend|adults?|nominal|somebody|"
            rf"someone)\s(?:was\s)?(?:called|named|known\sas|by\sthe\sname\sof)\s{QUOTE}"
        ),
        near_miss="It is about a boy we shall call Jorvan.",
    ),
    PersonRule(
        "A name before what belongs to a person.",
        "«Mossbeck»'s mother was told.",
        Evidence.MAYBE,
        after=begins(
            rf"['’]s\s(?:{RELATION}|(?:bed)?room|death|body|birth|birthday|teacher|social\sworker|phone|cot|"
            rf"placement|behaviour|health\svisitor|injuries|bruises|wishes|friends|parents|"
            rf"siblings)\b"
        ),
        near_miss="Sampleshire's children's services were told.",
    ),
    PersonRule(
        "Somebody to whom something happens.",
        "«Mossbeck» was born in a refuge.",
        Evidence.MAYBE,
        after=begins(
            r"\s(?:was|were|had\sbeen)\s(?:born|hit|crying|asleep|hurt|abused|raped|stabbed|pregnant|frightened|"
            r"bruised|sentenced|convicted|jailed|arrested|charged\swith|acquitted|found\sguilty|bailed|"
            r"seen\salone)\b|\s(?:cried|slept|hugged|ran\saway|went\smissing|died|disclosed|lived\swith|"
            r"moved\sin\swith|told\s(?:her|his|the|a)\s(?:teacher|mother|mum|social\sworker|nan|friend|school|"
            r"police))\b"
        ),
        near_miss="Bluebell ran away with the prize.",
    ),
    PersonRule(
        "Somebody who does what only people do.",
        "«Mossbeck» came downstairs in the night.",
        Evidence.SINGLE,
        after=begins(
            r"\s(?:often\s|always\s|never\s|then\s|had\s|later\s)?(?:came\s(?:down(?:stairs)?|up(?:stairs)?|home|back|in)|woke|screamed|smiled|wept|"
            r"begged|giggled|shouted|whispered|jumped|climbed|lay\s(?:in|on|down)|hid|loved|hated|liked|missed\s(?:his|her)|"
            r"got\s(?:up|out|into)|fell\s(?:down|off|asleep|from)|hugged|cuddled|kissed|drank|smoked|vomited|collapsed|"
            r"self[- ]harmed|overdosed|miscarried|gave\sbirth|absconded|ran\s(?:off|home|out)|took\s(?:his|her)\sown)\b"
        ),
        near_miss="Ofsted came back in June.",
    ),
    PersonRule(
        "Somebody who is asked or told.",
        "Nobody asked «Mossbeck» about it.",
        Evidence.SINGLE,
        ends(r"\b(?:asked|told|believed|helped|let|made|comforted|encouraged|supported|allowed|wanted)\s"),
        begins(r"\s(?:about|what|why|how|if|whether|to)\b"),
        "The Board asked Ofsted what to do.",
    ),
    PersonRule(
        "Somebody who is asked or told.",
        "When «Mossbeck» was asked, she cried.",
        Evidence.SINGLE,
        ends(r"\b(?:[Ww]hen|[Aa]fter|[Bb]efore|[Ww]hile|[Uu]ntil|[Oo]nce|[Bb]ecause|[Ii]f)\s"),
        begins(
            r"\s(?:was|had\sbeen)\s(?:asked|told|interviewed|spoken|seen|hit|alone|ill|asleep|\w+teen|a\s(?:baby|child|toddler))\b"
        ),
        "When Ofsted was asked, it replied.",
    ),
    PersonRule(
        "A first name that is a word too, where only a name can stand.",
        "No one asked «Grace» what she wanted.",
        Evidence.MAYBE,
        ends(
            r"\b(?:When|Because|If|While|Although|Once|Until)\s|\b[A-Za-z]+\s(?:asked|told|said|says|thought|felt|knew|saw|hit|met|loved|helped|hurt|blamed|believed|when|because|if|"
            r"while|whether|that|with|for)\s"
        ),
        begins(
            r"(?=['’]s\s(?!name)[a-z]|\s(?:was|had|has|is|would|did|could|went|said|told|hit|what|to|that|about|how|why|when|if)\b)"
        ),
        "We know that May is a busy month and that Hope Street was closed.",
        at_most=Evidence.MAYBE,
    ),
    PersonRule(
        "Somebody who says or does something.",
        "«Mabeka Mossbeck» told the review so.",
        Evidence.FULL,
        after=begins(rf",?\s(?:has\s|had\s|also\s|then\s|later\s|never\s)?{SAID}\b"),
        near_miss="Tremlow (2009) told a different story.",
    ),
    PersonRule(
        "A first name and another name.",
        "It was «Sophie Mossbeck» herself.",
        Evidence.SURE,
        near_miss="The Sophie Mossbeck Inquiry made 20 recommendations.",
    ),
    PersonRule(
        "A first name. Keep it if it is a pseudonym.",
        "Later that week «Sophie» was moved again.",
        Evidence.KNOWN,
        after=begins(r"(?=['’]s\s[a-z]|,?\s[a-z]|[,.;)!?\"”/]|\sI\b|\s[-–—(]|:)"),
        near_miss="SCR SOPHIE\nLearning summary",
        at_most=Evidence.KNOWN,
    ),
)
