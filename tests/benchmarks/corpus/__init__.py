"""Any number of invented records, to see how the site bears a national load. For development only.

``sentences`` writes the words, ``records`` the reviews, children, bulletins and statements, ``tables`` stores them.
Every record says that it is a sample.
"""
