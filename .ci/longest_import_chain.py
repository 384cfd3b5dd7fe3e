"""Print the longest chain of imports between the project's own files. Fails on a cycle.

.venv/bin/python .ci/longest_import_chain.py [LIMIT]     fails as well if the chain has more than LIMIT files
"""

import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

PACKAGES = ("scr_kb", "reviews", "learning")


def imports() -> dict[str, set[str]]:
    """To each module the modules of the project that it imports, wherever in the file."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in sorted(graph.modules)}


def longest_chain(imported: dict[str, set[str]]) -> list[str]:
    """The chain from the topmost importer down. Raises ``CycleError``."""
    chains: dict[str, list[str]] = {}
    for module in TopologicalSorter(imported).static_order():
        below = (chains[name] for name in sorted(imported.get(module, ())))
        chains[module] = [module, *max(below, key=len, default=[])]
    return max(chains.values(), key=len)


def main(arguments: list[str]) -> str:
    try:
        chain = longest_chain(imports())
    except CycleError as error:
        return f"These modules import each other: {' -> '.join(error.args[1])}"
    print(f"The longest chain of imports has {len(chain)} files:")
    print("\n".join(f"  {module}" for module in chain))
    limit = int(arguments[0]) if arguments else len(chain)
    return f"At most {limit} files are allowed." if len(chain) > limit else ""


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main(sys.argv[1:]) or 0)
