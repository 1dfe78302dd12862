"""Where pages that are built again stand in the site they belong to."""


def place(staged: str) -> str:
    """The HTML file of a staged page, as the generator names it."""
    stem = staged.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return f"{stem}.html"
    return f"{stem}/index.html"
