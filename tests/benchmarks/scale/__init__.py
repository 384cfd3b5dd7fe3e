"""How fast the site is with very many statements, beside Datasette, plain SQL and its own templates of constants.

    python -m tests.benchmarks.scale [--sizes 20000 200000 1000000] [--engines sqlite postgresql] [--seconds 10]
                                     [--keep FOLDER] [--postgresql URL] [--out docs/benchmark.md]

It measures the last commit, in a copy of its own: makes the databases, starts everything in production mode, measures
over HTTP and writes one report. It needs PostgreSQL 15 as Debian packages it (a throwaway cluster is started) and, for
Datasette, pip with its registry. ``--keep`` names a folder where databases and Datasette stay, and are found again; a
database of there is copied and never written to. ``--postgresql`` takes a server that runs already.

``site`` is the copy, ``databases`` what it is filled with, ``addresses`` what is asked for, ``servers`` what answers
(``raw_sql``, ``constant`` and ``flat`` are the rivals), ``asking`` one request, ``load`` many at once, ``publishing``
what a change costs, ``measuring`` the order of it all, ``results`` what comes of it, ``promises`` what was asked for,
and ``report`` what is printed.
"""
