"""What is visible, as sets in memory: see ``store`` for what it is and ``revisions`` for how it is kept true."""

from learning.catalogue.record_set import RecordSet
from learning.catalogue.revisions import Revision, revision
from learning.catalogue.store import Catalogue, current, current_revision, pinned, visible, warm

__all__ = ["Catalogue", "RecordSet", "Revision", "current", "current_revision", "pinned", "revision", "visible", "warm"]
