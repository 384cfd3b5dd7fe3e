from django.urls import path

from learning.browse.questions import question_list
from learning.browse.recommendations import recommendation_list
from learning.browse.views import review_list, statement_list
from learning.pages import (
    agencies,
    boards,
    bulletins,
    contact,
    content_note,
    glossary,
    reviews,
    similar,
    statements,
    support,
    themes,
)
from learning.search.autocomplete import suggest
from learning.search.views import search

urlpatterns = [
    path("reviews/", review_list, name="review_list"),
    path("reviews/<slug:board>/<slug:slug>/", reviews.review_detail, name="review_detail"),
    path("learning/", statement_list, name="statement_list"),
    path("learning/<int:pk>/", statements.statement_detail, name="statement_detail"),
    path("learning/<int:pk>/like/", similar.statements_like, name="statements_like"),
    path("recommendations/", recommendation_list, name="recommendation_list"),
    path("questions/", question_list, name="question_list"),
    path("themes/", themes.theme_list, name="theme_list"),
    path("themes/<slug:slug>/", themes.theme_detail, name="theme_detail"),
    path("agencies/", agencies.agency_list, name="agency_list"),
    path("agencies/<slug:slug>/", agencies.agency_detail, name="agency_detail"),
    path("bulletins/", bulletins.bulletin_list, name="bulletin_list"),
    path("bulletins/<slug:slug>/", bulletins.bulletin_detail, name="bulletin_detail"),
    path("boards/", boards.board_list, name="board_list"),
    path("boards/<slug:slug>/", boards.board_detail, name="board_detail"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="search_suggest"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("contact/", contact.contact, name="contact"),
    path("families/", contact.families, name="families"),
    path("support/", support.support_lines, name="support_lines"),
    path("content-note/", content_note.switch_content_note, name="content_note"),
]
