"""Invented names. No person, agency or place in the demo exists; any likeness is chance."""

from typing import NamedTuple

GIVEN = """
    Adela Alvena Amaro Anwen Arlo Asta Bastian Bela Bram Brisa Calder Carys Cato Ceda Corwin Dalia
    Darrow Delphe Eben Edda Elowen Emeric Esme Fabian Fenna Fintan Galen Greta Hale Hesper Idris
    Ilse Ines Ivo Jorah Juno Kerensa Kester Laila Leif Linnea Lorcan Maelle Marit Merrin Milo Nadia
    Neve Nolan Odalys Orin Orla Osric Perrin Petra Quill Rafa Reva Ronan Rosalba Sabine Selby Signe
    Silas Solveig Tamsin Tarin Thea Tobiah Ulla Umber Vada Viggo Wilda Wren Xanthe Yara Yorick Zadie
    Zora
""".split()  # noqa: SIM905 - eighty names read better as prose than as a list

FAMILY = """
    Abernook Ashgrove Barrowmead Belcroft Birchall Bramwick Brindlow Calloway Cairnfield Chalmond
    Cobbleden Copperwaite Cresswold Dallimar Dovecote Driftwood Eastmere Elderbrook Elmsworth
    Fairweald Fallowby Fennimore Foxglen Galewright Glenhollow Goldacre Granthorn Greywater
    Hallowell Harrowgate Hartsworn Hawkesby Hazelden Heathermoor Hollowfield Inglemar Ironwood
    Juniper Kestleton Kingsfold Larkspur Lindenmoor Lockmere Loxwood Maplethorpe Marchbank Marrowby
    Mayfern Millbrand Moorcastle Nettlecomb Norwell Oakhurst Ordway Orchardson Pellingham Pinecroft
    Quillfeather Ravenscar Redfern Rivermont Rookwood Rushbrook Saltmarsh Sedgewick Silverton
    Stonebridge Summerlin Swanmere Tanglewood Thistlewood Thornbury Underhill Vanterpool Wakefield
    Waverling Westlock Whitlow Willowby Winterbourne Wolds Yarrowby Yewdale
""".split()  # noqa: SIM905

_STATES = """
    Alderin Norvale Westmark Tamaris Caldona Orlena Merrivar Sundara Halcyon Belmora Verrin Ostara
    Lindara Quenna Tormond Ashara
""".split()  # noqa: SIM905
_COUNTIES = """
    Brookmere Harrowfen Larkwater Stonehollow Pinecrest Elderglen Foxmarsh Millrace Duskwood
    Fairhaven Granite Bluffside Cedarfall Mossbank Rivergate Saltspring
""".split()  # noqa: SIM905
_CITIES = """
    Marlport Kestrel Lanternbay Ambervale Northquay Seldon Ironbridge Vallance Copperton Highmoor
    Eastferry Winslade Tidewell Bracken Auberon Larkhill
""".split()  # noqa: SIM905
_TRIBES = """
    Stillwater Highgrass Redcedar Longriver Bluestone Whitepine Openwater Morningfield Tallgrass
    Clearspring
""".split()  # noqa: SIM905
_ISLANDS = """
    Corrin Mariposa Tavala Solenne Anduria Velora Petrel Osprey Calypsa Nerida
""".split()  # noqa: SIM905
_STEMS = """
    Al Bel Cor Dun El Far Gren Hol Il Jor Kel Lor Mer Nor Ost Pel Quin Ros Sel Tor Ul Ver Wes Yar
""".split()  # noqa: SIM905
_ENDS = """
    aban adel amar amor andel arin avel edon elden emar endal eris idan iven olan omar onder oria
    umber undal
""".split()  # noqa: SIM905

_PATTERNS = {
    "state": ("State of {}", _STATES),
    "county": ("{} County", _COUNTIES),
    "city": ("City of {}", _CITIES),
    "tribe": ("{} Nation", _TRIBES),
    "district": ("Capital District of {}", _CITIES[::-1]),
    "territory": ("Territory of {}", _ISLANDS),
}


class Jurisdiction(NamedTuple):
    """A made-up jurisdiction: its record's id, its name, and what its agency is called."""

    id: str
    name: str
    short: str

    @property
    def agency(self) -> str:
        """The organization its people work for."""
        return f"Child and Family Services, {self.name} (fictional)"


def jurisdictions(kinds: list[str]) -> list[Jurisdiction]:
    """A name for each of the kinds, no two alike."""
    more = iter(stem + end for end in _ENDS for stem in _STEMS)
    used: dict[str, int] = {}
    taken: set[str] = set()
    found = []
    for kind in kinds:
        pattern, names = _PATTERNS[kind]
        number = used.get(kind, 0)
        used[kind] = number + 1
        short = names[number] if number < len(names) else next(more)
        while short in taken:
            short = next(more)
        taken.add(short)
        name = pattern.format(short)
        key = short if kind == "state" else name.removeprefix("Capital ").replace(" of ", " ")
        found.append(Jurisdiction(key.lower().replace(" ", "-"), name, short))
    return found
