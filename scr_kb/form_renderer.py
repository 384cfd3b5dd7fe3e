"""How forms are drawn: every field with its label, hint and error in the site's own markup."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    field_template_name = "components/_field.html"
