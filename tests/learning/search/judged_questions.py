"""Searches as practitioners type them: whole questions, and words that name a kind, an agency, a board or a year.

Written from the texts of the bulletins before the search was changed to understand them, without looking at what it
found. The rules of ``judged_queries`` hold here too.
"""

from tests.learning.search.judged_queries import (
    AGENCIES,
    BULLETINS,
    LEARNING,
    REVIEWS,
    REVIEWS_OF_EXPLOITATION,
    SLUGS,
    Judged,
    names,
    of,
)

RECOMMENDED_BY_K = of("k", *range(15, 26))
WARNINGS_OF_SUICIDE = of("w", 15, 16, 17, 18, 19, 20, 29)

QUESTIONS = [
    # Young Person K
    Judged(
        "what did the review say about a girl who kept going missing from her placement?",
        LEARNING,
        some=of("k", 5, 11) | of("r", 2, 12, 15, 16),
    ),
    Judged("how did domestic abuse at home affect young person K?", LEARNING, first=of("k", 6)),
    Judged("what are the recommendations for the board about online safety?", LEARNING, some=of("k", 17, 18, 19)),
    Judged("why were assessments of risk not good enough?", LEARNING, first=of("k", 8)),
    Judged("did anybody listen to her wishes and feelings?", LEARNING, first=of("k", 9)),
    Judged(
        "how does professional anxiety affect the way we respond to risk-taking teenagers?",
        LEARNING,
        first=of("k", 10),
    ),
    Judged("what should happen when a young person leaves secure accommodation?", LEARNING, first=of("k", 23)),
    Judged("who should check section 11 audits about e-safety?", LEARNING, first=of("k", 19)),
    Judged("are there enough placements for children with complex needs?", LEARNING, first=of("k", 25)),
    Judged("where can staff find risk assessment tools?", LEARNING, first=of("k", 21)),
    Judged("what is recommended for the siblings of a child who has died?", LEARNING, first=of("k", 24)),
    Judged(
        "what should the board do about staffing and capacity in children's social care?", LEARNING, first=of("k", 20)
    ),
    Judged("is early help offered to children who live with domestic violence?", LEARNING, first=of("k", 22)),
    Judged("how can we disrupt perpetrators of exploitation?", LEARNING, first=of("k", 10)),
    Judged("how do you support the mental health of a teenager who is taking risks?", LEARNING, first=of("k", 12)),
    Judged("how should we train professionals to understand social media?", LEARNING, first=of("k", 17)),
    Judged("could being placed in a secure unit feel like a punishment?", LEARNING, first=of("k", 14)),
    Judged("how do I help parents to keep their children safe on the internet?", LEARNING, first=of("k", 18)),
    # Child R
    Judged("what happens when a looked after child moves schools?", LEARNING, first=of("r", 11)),
    Judged("how does staff turnover affect children in care?", LEARNING, first=of("r", 4)),
    Judged("why do teenagers in care not trust their social worker?", LEARNING, first=of("r", 5)),
    Judged("what should foster carers be told about a child before a placement?", LEARNING, first=of("r", 7)),
    Judged("who should attend a LAC review?", LEARNING, first=of("r", 6)),
    Judged("what should be in a case file when a case is transferred?", LEARNING, first=of("r", 10)),
    Judged("why is it important to know a child's history?", LEARNING, first=of("r", 3)),
    Judged("what if police and social care disagree about who is responsible?", LEARNING, first=of("r", 13)),
    Judged(
        "does social media make exploitation more likely for children missing from care?", LEARNING, first=of("r", 12)
    ),
    Judged("are young people interviewed when they come back after going missing?", LEARNING, first=of("r", 15)),
    Judged("how do we match a foster placement to the needs of a teenager?", LEARNING, first=of("r", 9)),
    Judged("has more been done for the health of looked after children?", LEARNING, first=of("r", 17)),
    Judged("when should I use the escalation procedure?", LEARNING, some=of("r", 8) | of("w", 9, 13)),
    Judged("could anyone have predicted what happened to the child?", LEARNING, some=of("r", 1) | of("q", 1, 2)),
    Judged("why don't children who go missing want to come back to their carer?", LEARNING, first=of("r", 16)),
    # Child Q and Child S
    Judged("was the sexual exploitation of these children predictable?", LEARNING, first=of("q", 1, 2)),
    Judged("what training on CSE do multi-agency practitioners need?", LEARNING, first=of("q", 3)),
    Judged("how can foster carers and teachers take part in learning events?", LEARNING, first=of("q", 5)),
    Judged("how do we get voluntary and adult services involved in safeguarding?", LEARNING, first=of("q", 6)),
    Judged(
        "how can a board check that agencies have learnt from good practice in a review?",
        LEARNING,
        first=of("q", 7),
    ),
    Judged("what should the board audit about learning summaries?", LEARNING, first=of("q", 4)),
    Judged("how has the definition of child sexual exploitation changed?", LEARNING, first=of("q", 3)),
    # Child B
    Judged("how should supervision be recorded?", LEARNING, first=of("b", 23)),
    Judged("what is supervision for in children's social care?", LEARNING, some=of("b", 23, 24)),
    Judged("what can schools do about bullying?", LEARNING, first=of("b", 8)),
    Judged("what should schools have in their safeguarding policy?", LEARNING, first=of("b", 10)),
    Judged("are children seen alone during an assessment?", LEARNING, first=of("b", 16)),
    Judged("how do we work with families who are hard to engage?", LEARNING, some=of("b", 3, 9)),
    Judged("what has changed in the way CAMHS works with young people's services?", LEARNING, first=of("b", 20)),
    Judged("how are perpetrators of domestic abuse worked with?", LEARNING, first=of("b", 19)),
    Judged("when should the public law outline be used?", LEARNING, first=of("b", 25)),
    Judged("how can young people be consulted about services?", LEARNING, first=of("b", 11)),
    Judged("what is the common assessment framework used for?", LEARNING, first=of("b", 18)),
    Judged("how do we stop cases from drifting?", LEARNING, first=of("b", 24)),
    Judged("where can practitioners meet to share experience with other agencies?", LEARNING, first=of("b", 3)),
    Judged("how do we tell the public that safeguarding is everybody's business?", LEARNING, first=of("b", 5)),
    Judged(
        "what training does the safeguarding board provide for the children's workforce?", LEARNING, first=of("b", 4)
    ),
    Judged("how are serious case reviews decided on and carried out?", LEARNING, first=of("b", 2)),
    Judged("is there enough management capacity in social care?", LEARNING, some=of("b", 22) | of("k", 20)),
    # the briefing of West Sussex
    Judged("what should I do if I have concerns about child on child abuse?", LEARNING, some=of("w", 3, 6)),
    Judged("what is the difference between sexual abuse and sexual exploitation?", LEARNING, first=of("w", 8)),
    Judged("how do I challenge another professional who has more experience than me?", LEARNING, first=of("w", 50)),
    Judged(
        "how do I escalate a concern when I disagree with a colleague?",
        LEARNING,
        some=of("w", 13, 50, 62) | of("r", 8),
    ),
    Judged("what are the risk factors for suicide in teenagers?", LEARNING, some=WARNINGS_OF_SUICIDE),
    Judged("how do we know when emotional distress means a risk of suicide?", LEARNING, first=of("w", 29)),
    Judged("how do I work with a family whose first language is not English?", LEARNING, first=of("w", 31)),
    Judged("how can we engage Eastern European families?", LEARNING, first=of("w", 33)),
    Judged("what should a midwife do if a woman books late in her pregnancy?", LEARNING, first=of("w", 32)),
    Judged("do we need a pre-birth assessment for a child in need?", LEARNING, first=of("w", 39)),
    Judged("what do I do about the older child when a new baby is expected?", LEARNING, first=of("w", 40)),
    Judged("how do you tell when parents are only pretending to cooperate?", LEARNING, first=of("w", 41)),
    Judged("are fathers included in assessments?", LEARNING, some=of("w", 42, 43, 47, 48)),
    Judged("does a parent's mental illness put the child at risk?", LEARNING, some=of("w", 35, 36)),
    Judged("what should a health visitor ask about co-sleeping?", LEARNING, first=of("w", 49)),
    Judged("can babies be harmed by their parents' drugs?", LEARNING, first=of("w", 51)),
    Judged("why is it hard to share information with a GP?", LEARNING, first=of("w", 53)),
    Judged("when can I share information without consent?", LEARNING, first=of("w", 46)),
    Judged("what happens after I make a referral?", LEARNING, first=of("w", 55)),
    Judged("what does professional curiosity mean in practice?", LEARNING, first=of("w", 57)),
    Judged("when should a doctor speak to the MASH about a very ill child?", LEARNING, first=of("w", 60)),
    Judged("how do you check the quality of a therapeutic placement?", LEARNING, first=of("w", 25)),
    Judged("what should we check before placing a child out of county?", LEARNING, first=of("w", 22)),
    Judged("do children placed out of area get mental health services?", LEARNING, first=of("w", 24)),
    Judged("how do we think about the whole family when working with teenagers?", LEARNING, first=of("w", 27)),
    Judged("why do families find it hard to get help with domestic abuse?", LEARNING, first=of("w", 28)),
    Judged("how many children are the subject of a serious case review?", LEARNING, first=of("w", 65)),
    Judged("how many children in the UK are in need?", LEARNING, first=of("w", 64)),
    Judged("at what age are children most at risk of sexual exploitation?", LEARNING, first=of("w", 2)),
    Judged("how is working with distressed parents acknowledged in supervision?", LEARNING, first=of("w", 37)),
    Judged("what happens to records when a family moves to another area?", LEARNING, first=of("w", 38)),
    Judged("were children seen as troublesome instead of troubled?", LEARNING, first=of("w", 11)),
    Judged("how do I avoid stereotypes about drug users?", LEARNING, first=of("w", 56)),
    Judged(
        "do police officers from outside the child protection team work well with social care?",
        LEARNING,
        first=of("w", 4),
    ),
]

UNDERSTOOD = [
    # words that name a kind
    Judged("questions about supervision", LEARNING, some=of("b", 23, 24) | of("w", 37)),
    Judged("questions about fathers", LEARNING, first=of("w", 47), never=of("w", 48)),
    Judged("questions about culture and religion", LEARNING, first=of("w", 31)),
    Judged("lessons about information sharing", LEARNING, some=of("w", 53, 54), never=of("w", 46)),
    Judged("recommendations about social media", LEARNING, first=of("k", 17, 18), never=of("r", 12, 14)),
    Judged("learning points about children missing from care", LEARNING, first=of("r", 12), never=of("r", 15, 16)),
    Judged("risk indicators for suicide", LEARNING, some=WARNINGS_OF_SUICIDE),
    Judged("statistics about mental health", LEARNING, first=of("w", 21)),
    Judged("actions on domestic abuse", LEARNING, first=of("b", 19)),
    # agencies
    Judged("police recommendations", LEARNING, some=of("r", 13) | of("w", 4, 10)),
    Judged("actions for schools", LEARNING, first=of("b", 10)),
    Judged("agency:police", LEARNING, some=of("r", 13) | of("w", 4, 10)),
    Judged("agency:schools", LEARNING, some=of("b", 10)),
    Judged("health visitor", AGENCIES, first=names("health-visiting")),
    Judged("midwives", AGENCIES, first=names("midwifery")),
    Judged("constabulary", AGENCIES, first=names("police")),
    Judged("CAMHS", AGENCIES, first=names("camhs")),
    Judged("school nurse", AGENCIES, first=names("school-nursing")),
    Judged("A&E", AGENCIES, first=names("hospital")),
    # boards and years
    Judged("recommendations for schools 2016", LEARNING, some=RECOMMENDED_BY_K | of("b", 8, 10)),
    Judged("recommendations 2016", LEARNING, only=RECOMMENDED_BY_K),
    Judged("Sunderland recommendations", LEARNING, only=RECOMMENDED_BY_K),
    Judged("Knowsley recommendations", LEARNING, first=of("q", 3, 4, 5, 6, 7)),
    Judged("what Milton Keynes did about bullying", LEARNING, first=of("b", 8)),
    Judged("learning from Southwark about social media", LEARNING, first=of("r", 12, 14)),
    Judged("bulletins from 2015", BULLETINS, first=names(SLUGS["r"])),
    # words before themes, the nearest, phrases
    Judged("suicide", LEARNING, first=of("w", 29)),
    Judged('"information sharing procedures"', LEARNING, some=of("w", 38, 53, 54)),
    Judged('"sexual exploitation of looked after children"', REVIEWS, some=REVIEWS_OF_EXPLOITATION),
    Judged("genogram chronology handover", LEARNING, first=of("r", 10)),
    # spelling and signs
    Judged("childrens social care capacity", LEARNING, some=of("k", 20) | of("b", 22)),
    Judged("neglect,abuse", LEARNING, first=of("w", 59)),
    Judged("multiagency interventions", LEARNING, first=of("b", 13)),
    Judged("infor\u00admation\u200b sharing", LEARNING, some=of("w", 38, 53, 54)),
]
