"""What the lists should count, asked of the tables in plain SQL: nothing here comes from the code that is tested."""

from collections.abc import Mapping, Sequence

from django.db import connection

VISIBLE = """
    visible_bulletin AS (
        SELECT b.id FROM learning_bulletin b WHERE b.state = 'published' AND (
            NOT EXISTS (SELECT 1 FROM learning_bulletin_reviews x WHERE x.bulletin_id = b.id)
            OR EXISTS (
                SELECT 1 FROM learning_bulletin_reviews x JOIN reviews_review r ON r.id = x.review_id
                WHERE x.bulletin_id = b.id AND r.state = 'published'))),
    visible_review AS (
        SELECT r.id FROM reviews_review r WHERE r.state = 'published' AND EXISTS (
            SELECT 1 FROM learning_bulletin_reviews x JOIN learning_bulletin b ON b.id = x.bulletin_id
            WHERE x.review_id = r.id AND b.state = 'published')),
    spoken AS (
        SELECT s.* FROM learning_statement s JOIN learning_bulletin b ON b.id = s.bulletin_id
        WHERE b.rights <> 'metadata' AND s.bulletin_id IN (SELECT id FROM visible_bulletin)
        AND (s.review_id IS NULL OR s.review_id IN (SELECT id FROM visible_review))),
    visible_statement AS (
        SELECT s.* FROM spoken s LEFT JOIN reviews_child c ON c.id = s.child_id
        WHERE (s.parent_id IS NULL OR s.parent_id IN (SELECT id FROM spoken))
        AND (s.child_id IS NULL OR c.review_id IN (SELECT id FROM visible_review))),
    visible_question AS (SELECT * FROM visible_statement WHERE kind = 'question'),
    themes AS (
        SELECT id AS theme, id AS above FROM reviews_theme
        UNION SELECT themes.theme, t.parent_id FROM themes JOIN reviews_theme t ON t.id = themes.above
        WHERE t.parent_id IS NOT NULL),
    agencies AS (
        SELECT id AS agency, id AS above FROM reviews_agency
        UNION SELECT agencies.agency, a.parent_id FROM agencies JOIN reviews_agency a ON a.id = agencies.above
        WHERE a.parent_id IS NOT NULL),
    years AS (SELECT 2005 AS year UNION SELECT year + 1 FROM years WHERE year < 2026)
"""
OF_CHILDREN = {
    "age_band": "SELECT id AS child, age_band AS value FROM reviews_child",
    "sex": "SELECT id AS child, sex AS value FROM reviews_child",
    "ethnicity": "SELECT id AS child, ethnicity AS value FROM reviews_child",
    "care_status": """
        SELECT c.id AS child, coalesce(k.status, 'not-stated') AS value
        FROM reviews_child c LEFT JOIN reviews_childcarestatus k ON k.child_id = c.id""",
}


def tags(table: str, record: str, term: str, vocabulary: str, visible: str) -> str:
    """Pairs of a record and the slug of a term that it is tagged with, or of one above that; else "not-stated"."""
    above = {"theme": "themes", "agency": "agencies"}[term]
    return f"""
        SELECT t.{record}_id AS id, v.slug AS value FROM {table} t
        JOIN {above} ON {above}.{term} = t.{term}_id JOIN {vocabulary} v ON v.id = {above}.above
        UNION SELECT id, 'not-stated' FROM {visible} WHERE id NOT IN (SELECT {record}_id FROM {table})"""


STATEMENTS = {
    "kind": "SELECT id, kind AS value FROM visible_statement",
    "theme": tags("learning_statementtheme", "statement", "theme", "reviews_theme", "visible_statement"),
    "review_theme": """
        SELECT s.id, v.slug AS value FROM visible_statement s JOIN reviews_reviewtheme t ON t.review_id = s.review_id
        JOIN themes ON themes.theme = t.theme_id JOIN reviews_theme v ON v.id = themes.above
        UNION SELECT id, 'not-stated' FROM visible_statement
        WHERE review_id IS NULL OR review_id NOT IN (SELECT review_id FROM reviews_reviewtheme)""",
    "agency": tags("learning_statementagency", "statement", "agency", "reviews_agency", "visible_statement"),
    "addressed_to": tags("learning_addressee", "statement", "agency", "reviews_agency", "visible_statement"),
    "status": """
        SELECT s.id, CASE WHEN s.kind NOT IN ('recommendation', 'action') THEN 'not-stated' ELSE coalesce(
            (SELECT p.status FROM learning_progress p LEFT JOIN learning_bulletin b ON b.id = p.source_bulletin_id
            WHERE p.statement_id = s.id AND (p.source_bulletin_id IS NULL
                OR b.rights <> 'metadata' AND b.id IN (SELECT id FROM visible_bulletin))
            ORDER BY CASE WHEN p.reported_on IS NULL THEN 1 ELSE 0 END, p.reported_on DESC, p.position DESC LIMIT 1),
            (SELECT c.result FROM learning_responsecheck c WHERE c.statement_id = s.id
                OR c.statement_id IS NULL AND c.bulletin_id = s.bulletin_id
                AND coalesce(c.review_id, 0) = coalesce(s.review_id, 0)
            ORDER BY CASE WHEN c.statement_id IS NULL THEN 1 ELSE 0 END,
                CASE c.result WHEN 'response-exists' THEN 0 ELSE 1 END LIMIT 1),
            'not-looked-for') END AS value
        FROM visible_statement s""",
    "occasion": """
        SELECT statement_id AS id, occasion AS value FROM learning_statementoccasion
        UNION SELECT id, 'not-stated' FROM visible_statement
        WHERE id NOT IN (SELECT statement_id FROM learning_statementoccasion)""",
    "board": """
        SELECT s.id, o.slug AS value FROM visible_statement s JOIN learning_bulletin b ON b.id = s.bulletin_id
        LEFT JOIN reviews_review r ON r.id = s.review_id
        JOIN reviews_board o ON o.id = coalesce(r.board_id, b.board_id)""",
    "nature": """
        SELECT s.id, coalesce(r.nature, 'not-stated') AS value
        FROM visible_statement s LEFT JOIN reviews_review r ON r.id = s.review_id""",
    "year": """
        SELECT s.id, coalesce(CAST(years.year AS text), 'not-stated') AS value
        FROM visible_statement s JOIN learning_bulletin b ON b.id = s.bulletin_id
        LEFT JOIN years ON years.year BETWEEN b.first_year AND b.last_year""",
    "review": """
        SELECT s.id, coalesce(o.slug || '/' || r.slug, 'not-stated') AS value FROM visible_statement s
        LEFT JOIN reviews_review r ON r.id = s.review_id LEFT JOIN reviews_board o ON o.id = r.board_id""",
}
QUESTIONS = {
    "theme": STATEMENTS["theme"],
    "agency": """
        SELECT t.id, v.slug AS value FROM (
            SELECT statement_id AS id, agency_id FROM learning_statementagency
            UNION SELECT statement_id, agency_id FROM learning_addressee) t
        JOIN agencies ON agencies.agency = t.agency_id JOIN reviews_agency v ON v.id = agencies.above
        UNION SELECT id, 'not-stated' FROM visible_question
        WHERE id NOT IN (SELECT statement_id FROM learning_statementagency)
        AND id NOT IN (SELECT statement_id FROM learning_addressee)""",
    "occasion": STATEMENTS["occasion"],
}
REVIEWS = {
    "theme": tags("reviews_reviewtheme", "review", "theme", "reviews_theme", "visible_review"),
    "board": "SELECT r.id, o.slug AS value FROM reviews_review r JOIN reviews_board o ON o.id = r.board_id",
    "type": "SELECT id, type AS value FROM reviews_review",
    "nature": "SELECT id, nature AS value FROM reviews_review",
    "report_state": "SELECT id, report_state AS value FROM reviews_review",
    "year": """
        SELECT r.id, coalesce(CAST(dated.year AS text), 'not-stated') AS value FROM visible_review r LEFT JOIN (
            SELECT x.review_id, years.year FROM learning_bulletin_reviews x
            JOIN visible_bulletin v ON v.id = x.bulletin_id JOIN learning_bulletin b ON b.id = v.id
            JOIN years ON years.year BETWEEN b.first_year AND b.last_year) dated ON dated.review_id = r.id""",
}
ABOUT = {
    "statement": """
        SELECT s.id, coalesce(s.child_id, c.id) AS child FROM visible_statement s
        LEFT JOIN reviews_child c ON c.review_id = s.review_id AND s.child_id IS NULL""",
    "review": "SELECT r.id, c.id AS child FROM visible_review r LEFT JOIN reviews_child c ON c.review_id = r.id",
}
FACETS = {"statement": STATEMENTS, "question": QUESTIONS, "review": REVIEWS}
CHILD_FACETS = {"statement": ["age_band", "care_status"], "question": [], "review": [*OF_CHILDREN]}
Chosen = Mapping[str, Sequence[str]]


def listed(values: Sequence[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def condition(kind: str, chosen: Chosen, but: str = "") -> str:
    """What holds of the records (``v.id``) that every choice leaves, but for one facet."""
    parts = ["1 = 1"]
    for name, query in FACETS[kind].items():
        if chosen.get(name) and name != but:
            parts.append(f"v.id IN (SELECT id FROM ({query}) f WHERE value IN ({listed(chosen[name])}))")
    asked = {name: chosen[name] for name in CHILD_FACETS[kind] if chosen.get(name) and name != but}
    if asked:
        fits = " AND ".join(f"({fitting(name, values)})" for name, values in asked.items())
        parts.append(f"v.id IN (SELECT id FROM ({ABOUT[kind]}) about WHERE {fits})")
    return " AND ".join(parts)


def fitting(name: str, values: Sequence[str]) -> str:
    unknown = " OR about.child IS NULL" if "not-stated" in values else ""
    return f"about.child IN (SELECT child FROM ({OF_CHILDREN[name]}) k WHERE value IN ({listed(values)})){unknown}"


def run(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"WITH RECURSIVE {VISIBLE} {query}")
        return cursor.fetchall()


def found(kind: str, chosen: Chosen) -> set[int]:
    """The keys of the visible records that the choices leave."""
    return {key for (key,) in run(f"SELECT v.id FROM visible_{kind} v WHERE {condition(kind, chosen)}")}


def counts(kind: str, chosen: Chosen) -> dict[str, dict[str, int]]:
    """For each facet how many records each value would leave; values of nothing are not in it."""
    return {
        name: dict(
            run(
                f"SELECT f.value, count(DISTINCT v.id) FROM visible_{kind} v "
                f"JOIN ({values_of(kind, name)}) f ON f.id = v.id "
                f"WHERE {condition(kind, chosen, but=name)} {same_child(kind, name, chosen)} GROUP BY f.value"
            )
        )
        for name in (*FACETS[kind], *CHILD_FACETS[kind])
    }


def values_of(kind: str, name: str) -> str:
    """Pairs of a record and a value of a facet; of a child facet with the child that has it."""
    if name in FACETS[kind]:
        return FACETS[kind][name]
    return f"""
        SELECT a.id, a.child, coalesce(k.value, 'not-stated') AS value
        FROM ({ABOUT[kind]}) a LEFT JOIN ({OF_CHILDREN[name]}) k ON k.child = a.child"""


def same_child(kind: str, name: str, chosen: Chosen) -> str:
    """The other child facets hold of the very child that has the value."""
    if name in FACETS[kind]:
        return ""
    others = [each for each in CHILD_FACETS[kind] if chosen.get(each) and each != name]
    return "".join(f" AND ({fitting(each, chosen[each]).replace('about.child', 'f.child')})" for each in others)
