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
from learning.models.editorial import MOST_TO_START_WITH, StartHere, StatementOccasion
from learning.models.progress import CurrentStatus, Progress, ResponseCheck
from learning.models.revision import DataChange, DataRevision
from learning.models.site import NATIONS, ContactMessage, FormerAddress, SearchDocument, SupportLine
from learning.models.statement import (
    Addressee,
    LearningPoint,
    Recommendation,
    Revision,
    Statement,
    StatementAgency,
    StatementTheme,
)

__all__ = [
    "MOST_TO_START_WITH",
    "NATIONS",
    "Addressee",
    "Bulletin",
    "ContactMessage",
    "CuratorNote",
    "CurrentStatus",
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
    "ResponseCheck",
    "Revision",
    "SearchDocument",
    "SourceDocument",
    "StartHere",
    "StatedCount",
    "Statement",
    "StatementAgency",
    "StatementOccasion",
    "StatementTheme",
    "SupportLine",
]
