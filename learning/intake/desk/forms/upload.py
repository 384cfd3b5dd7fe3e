"""The forms of the desk. What they ask for is stored by ``drafts`` and ``workflow``, never by the forms themselves."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from learning.reader.extract.sniff import MAX_BYTES
from reviews.models import Board

NAMES_HINT = "One on each line. They are compared with the text once, and are not kept."


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; its value is a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """A file, several files, a zip of files, or pasted text; and names that are looked for once."""

    documents = ManyFilesField(
        label="Files",
        required=False,
        widget=ManyFilesInput(attrs={"accept": ".pdf,.docx,.html,.htm,.md,.txt,.zip"}),
        help_text="PDF, DOCX, HTML, Markdown or plain text, or a zip of these. Several are read one after another.",
        error_messages={"empty": "The file is empty. Choose the document again, or paste its text."},
    )
    text = forms.CharField(
        label="Or paste the text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"null_characters_not_allowed": "The text has a character that cannot be stored. Remove it."},
    )
    board = forms.ModelChoiceField(
        label="Board", queryset=Board.objects.all(), required=False, empty_label="As the document says"
    )
    names = forms.CharField(
        label="Names to look for",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=NAMES_HINT,
    )
    anyway = forms.BooleanField(
        label="Add it even if the same file has been added before", required=False, widget=forms.CheckboxInput
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        files: list[UploadedFile[Any]] = data.get("documents") or []
        if not self.errors and bool(files) == bool((data.get("text") or "").strip()):
            self.add_error("documents", "Choose a file or paste text, but not both.")
        if len(files) == 1 and (files[0].size or 0) > MAX_BYTES and not str(files[0].name).lower().endswith(".zip"):
            limit = MAX_BYTES // 1024**2
            self.add_error(
                "documents", f"The file is too large. The limit is {limit} MB. Save it with smaller pictures."
            )
        return data


class NamesForm(forms.Form):
    names = forms.CharField(
        label="Names to look for",
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=NAMES_HINT,
        error_messages={"required": "Enter at least one name."},
    )
