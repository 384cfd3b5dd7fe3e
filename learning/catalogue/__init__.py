"""What is visible, as sets in memory: see ``catalogue`` for what it is and ``tracking`` for how it is kept true."""

from learning.catalogue.catalogue import Catalogue, current, current_revision, pinned, visible, warm
from learning.catalogue.section import Section
from learning.catalogue.tracking import Revision, revision

__all__ = ["Catalogue", "Revision", "Section", "current", "current_revision", "pinned", "revision", "visible", "warm"]
