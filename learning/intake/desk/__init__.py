"""The pages of the desk. They decide nothing: they ask ``drafts``, ``workflow`` and others, and tell what these say."""
