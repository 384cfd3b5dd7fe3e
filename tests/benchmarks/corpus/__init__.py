"""Records made up in any number, to see how the site stands a national load. For development only.

``words`` makes the sentences, ``records`` the reviews, children, bulletins and statements, ``storing`` writes them.
Everything says of itself that it is a sample.
"""
