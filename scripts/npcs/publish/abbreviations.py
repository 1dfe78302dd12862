"""What abbreviations stand for. Pages explain each where they first use it, as they do terms."""

ADDRESS = "about/abbreviations"

ABBREVIATIONS = {
    "AFCARS": "Adoption and Foster Care Analysis and Reporting System, federal data",
    "CAPTA": "Child Abuse Prevention and Treatment Act, a federal law",
    "CARA": "Comprehensive Addiction and Recovery Act, a federal law",
    "CFSR": "Child and Family Services Reviews, federal reviews of child welfare in each state",
    "CSV": "Comma-separated values, a table that every spreadsheet opens",
    "DCYF": "Department of Children, Youth, and Families of Washington State",
    "JSON": "JavaScript Object Notation, a form of data for programs",
    "NCANDS": "National Child Abuse and Neglect Data System, federal data",
    "NPCS": "National Partnership for Child Safety",
    "PDF": "Portable Document Format, a file that prints alike everywhere",
    "SKOS": "Simple Knowledge Organization System, a standard for glossaries",
    "SSIT": "Safe Systems Improvement Tool, by which a finished review is put on record",
    "SUID": "Sudden unexpected infant death",
    "TLP": "Traffic Light Protocol, by which a sender says who may be told",
    "WCAG": "Web Content Accessibility Guidelines, an international standard",
    "XmR": "Single values (X) and moving ranges (mR), a kind of control chart",
}
"""Each abbreviation of the pages in full, with what it is where the name does not say."""


def anchor(short: str) -> str:
    """The place of an abbreviation on their page."""
    return short.lower()


__all__ = ["ABBREVIATIONS", "ADDRESS", "anchor"]
