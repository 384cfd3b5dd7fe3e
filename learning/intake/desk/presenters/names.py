"""What is said after names were compared with a text."""


def looked_for(new: int) -> str:
    """``new``: how many places nobody had found before. The names themselves are neither kept nor shown."""
    places = "1 new place" if new == 1 else f"{new} new places"
    return f"We looked for the names and found {places}. The names were not kept."
