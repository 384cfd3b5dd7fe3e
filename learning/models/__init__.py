"""What reviews teach: bulletins, the statements that they make, and what the site itself keeps."""

from learning.models.bulletin import (
    Bulletin,
    CuratorNote,
    GlossaryTerm,
    Link,
    PublicText,
    Redaction,
    SourceDocument,
    StatedCount,
)
from learning.models.revision import DataChange, DataRevision
from learning.models.site import NATIONS, ContactMessage, FormerAddress, SearchDocument, SupportLine
from learning.models.statement import (
    Addressee,
    LearningPoint,
    Progress,
    Recommendation,
    Revision,
    Statement,
    StatementAgency,
    StatementTheme,
)

__all__ = [
    "NATIONS",
    "Addressee",
    "Bulletin",
    "ContactMessage",
    "CuratorNote",
    "DataChange",
    "DataRevision",
    "FormerAddress",
    "GlossaryTerm",
    "LearningPoint",
    "Link",
    "Progress",
    "PublicText",
    "Recommendation",
    "Redaction",
    "Revision",
    "SearchDocument",
    "SourceDocument",
    "StatedCount",
    "Statement",
    "StatementAgency",
    "StatementTheme",
    "SupportLine",
]
