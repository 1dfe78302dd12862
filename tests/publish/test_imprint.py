"""What every page says of itself: what it is, its state, who answers for it, how to cite it."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from tests.publish.conftest import AS_OF, commit

from accessibility.tabs import addresses
from npcs.demo import generate
from npcs.governance.dates import day_in_words
from npcs.publish import build
from npcs.publish.api.records import Shown, published
from npcs.publish.errors import BuildFailed
from npcs.publish.forge import edit_file, history_of_file, new_file
from npcs.publish.imprint import imprint, put, taken
from npcs.publish.metadata import head
from npcs.publish.page import Page
from npcs.publish.site import Settings, Site
from npcs.publish.told import TOLD
from npcs.records.hub import Hub
from npcs.records.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r'<details class="npcs-about">.*?</details>', re.DOTALL)
ROW = re.compile(r"<dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd>")


def rows(html: str) -> dict[str, str]:
    """What the one block of a page says, as plain text."""
    (block,) = BLOCK.findall(html)
    return {name: unescape(re.sub("<[^>]*>", "", text)) for name, text in ROW.findall(block)}


def page(folder: Path, address: str) -> str:
    return (folder / address / "index.html").read_text("utf-8")


def test_help_stands_at_the_foot_of_every_page(built: Path) -> None:
    for address in addresses(built):
        if address.endswith(".html"):
            continue
        (foot,) = re.findall(r'<nav class="npcs-ways".*?</nav>', page(built, address), re.DOTALL)
        ways = dict(re.findall(r'<a href="([^"]*)">([^<]*)</a>', foot))
        assert [*ways.values()] == ["Contact", "About this site", "Subscribe and reuse",
                                    "Accessibility"]  # fmt: skip
        for way in ways:
            assert (built / address / way.partition("#")[0] / "index.html").is_file(), address
    assert '<h2 id="contact">' in page(built, "about")
    assert "No address to write to has been set yet" in page(built, "about")


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("coordinator@example.org", '<a href="mailto:coordinator@example.org">'),
        (
            "https://example.org/write_us/?to=npcs",
            '<a href="https://example.org/write_us/?to=npcs">',
        ),
    ],
)
def test_a_site_says_how_its_coordinator_is_reached(contact: str, shown: str, copy: Path) -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace('contact: ""', f'contact: "{contact}"')
    (copy / "mkdocs.yml").write_text(text, "utf-8")
    out = build(copy, as_of=AS_OF).out
    assert shown in page(out, "about")
    assert '<a href="../../about/#contact">the project coordinator</a>' in page(
        out, "decisions/D-2027-001"
    )


@pytest.mark.parametrize(
    "contact",
    ["ana.brown@example.org", "javascript:alert(1)", "http://example.org", 'a"@b.org', "x"],
)
def test_a_contact_that_is_none_or_names_a_person_is_refused(contact: str, copy: Path) -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace('contact: ""', f"contact: '{contact}'")
    (copy / "mkdocs.yml").write_text(text, "utf-8")
    with pytest.raises(BuildFailed, match="mailbox of an office"):
        build(copy, as_of=AS_OF)


def test_a_record_says_all_of_it(built: Path) -> None:
    said = rows(page(built, "decisions/D-2027-001"))
    assert said["What it is"] == "Decision. What was decided, how, by whom and why."
    assert said["State"] == "Adopted on 4 March 2027."
    assert said["Responsible"] == "The Executive Committee. Kept by the project coordinator."
    path = "charter/decisions/D-2027-001.md"
    assert said["Change"].startswith(f"The file in the repository is {path}. See how to")
    assert said["History"] == "Entered 5 May 2027, not changed since."
    cited = re.fullmatch(
        r"Partnership\. Meet in the morning\. Decision D-2027-001, adopted on 4 March 2027\. "
        r"NPCS hub, revision [0-9a-f]{10} of 5 May 2027\. Page decisions/D-2027-001/",
        said["Cite as"],
    )
    assert cited, said["Cite as"]


def test_the_state_tells_since_when(built: Path) -> None:
    said = rows(page(built, "notices/NPCS-SN-2027-001"))["State"]
    assert said.endswith("TLP:CLEAR, version 1.0 of 1 April 2027."), said
    assert rows(page(built, "meetings/2027-03-04-executive-committee"))["State"] == (
        "Held on 4 March 2027."
    )


def test_figures_belong_to_their_measure(copy: Path) -> None:
    from npcs.publish.assemble import prepared
    from npcs.publish.sections import pages

    folder = copy / "workplan/measures"
    folder.mkdir(parents=True)
    (folder / "deaths.yml").write_text(
        "provision: CHR-1\ndefinition: What is counted.\nnumerator: All\nbetter: lower\n"
    )
    commit(copy, "2027-05-09")
    (folder / "deaths.csv").write_text("period,value\n2026,12\n")
    commit(copy, "2027-05-20")
    site, _ = prepared(copy, AS_OF)
    page = next(one for one in pages(site) if one.address == "workplan/measures/deaths")
    said = rows(imprint(page, site))
    assert said["History"] == "Entered 9 May 2027, last changed on 20 May 2027."
    assert re.search(r"revision [0-9a-f]{10} of 20 May 2027\.", said["Cite as"])
    # and the foot, what programs read, and the data tell of the same day
    assert any(one.startswith("Last changed 20") for one in page.foot)
    assert 'name="dcterms.modified" content="2027-05-20"' in head(page, site)
    record = site.hub.record(page.source)
    assert record
    shown = Shown(page.address, page.title, ())
    assert published(site, KINDS["measure"], record, shown).changed == date(2027, 5, 20)


def test_the_charter_is_cited_by_its_tag(tmp_path: Path) -> None:
    from npcs.publish.assemble import prepared
    from npcs.publish.sections import pages

    demo = generate(tmp_path / "demo", members=4, years=1, git=True).target
    path = demo / "charter/charter.md"
    path.write_text(path.read_text("utf-8") + "\nMore is proposed.\n", "utf-8")
    commit(demo, "2027-06-20")
    site, _ = prepared(demo, date(2027, 7, 1))
    page = next(one for one in pages(site) if one.address == "charter/index")
    latest = site.approvals.latest
    assert latest
    said = rows(imprint(page, site))
    assert f". NPCS hub, {latest.tag} of " in said["Cite as"]
    assert "20 June 2027" not in said["Cite as"]
    assert f"since {day_in_words(latest.effective)}" in said["State"]


def test_every_page_has_one_and_its_links_lead_somewhere(built: Path) -> None:
    for address in addresses(built):
        if address == "404.html":
            continue
        html = page(built, address)
        said = rows(html)
        assert {"What it is", "State", "Responsible", "Cite as", "Change"} <= said.keys(), address
        (block,) = BLOCK.findall(html)
        for link in re.findall(r'href="([^"]*)"', block):
            target = (built / address / link.partition("#")[0]).resolve()
            assert (target / "index.html").is_file() or target.is_file(), (address, link)


def test_it_stands_below_the_head_of_the_page(built: Path) -> None:
    html = page(built, "decisions/D-2027-001")
    state, block = html.index('class="npcs-state"'), html.index('class="npcs-about"')
    assert state < block < html.index("<dl>", html.index("</details>"))
    html = page(built, "notices")
    assert html.index('class="npcs-lead"') < html.index('class="npcs-about"')


def test_a_place_to_edit_gives_links(copy: Path, tmp_path: Path) -> None:
    settings = (Path(__file__).parents[2] / "mkdocs.yml").read_text("utf-8")
    where = "https://forge.example/hub/edit/main/"
    address = "https://hub.example/"
    settings = settings.replace('edit: ""', f'edit: "{where}"').replace(
        "docs_dir:", f"site_url: {address}\ndocs_dir:"
    )
    (copy / "mkdocs.yml").write_text(settings)
    html = page(build(copy, tmp_path / "site", AS_OF).out, "decisions/D-2027-001")
    (block,) = BLOCK.findall(html)
    path = "charter/decisions/D-2027-001.md"
    assert f'<a href="{where}{path}">Edit the file</a>' in block
    assert f'<a href="https://forge.example/hub/commits/main/{path}">All changes</a>' in block
    assert rows(html)["Cite as"].endswith(f". {address}decisions/D-2027-001/")


def test_it_rests_on_nothing_but_its_own_record(copy: Path) -> None:
    def all_of(folder: Path) -> dict[str, str]:
        from npcs.publish.assemble import prepared
        from npcs.publish.sections import pages

        site, _ = prepared(folder, AS_OF)
        return {one.address: imprint(one, site) for one in pages(site) if one.source}

    before = all_of(copy)
    path = copy / "charter/decisions/D-2027-001.md"
    path.write_text(path.read_text() + "\nAnd more.\n")
    commit(copy, "2027-05-09")
    after = all_of(copy)
    assert {one for one in after if before[one] != after[one]} == {"decisions/D-2027-001"}
    assert "changed once, on 9 May 2027" in after["decisions/D-2027-001"]


def test_what_people_wrote_is_text_here() -> None:
    site = Site(Hub({}), date(2027, 1, 1), Settings("A & <b>"))
    html = imprint(Page("x/y", "<script>alert('1')</script>", (), kind='"'), site)
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;alert(&#x27;1&#x27;)" in html
    assert "A &amp; &lt;b&gt;" in html


def test_a_page_without_a_block_stays_as_it_is() -> None:
    text = "<h1>Title</h1><p>Text</p>"
    assert taken(text) == (text, "")
    assert put(text, "") == text
    assert put("<p>No title</p>", "B") == "<p>No title</p>B"


def test_every_kind_of_record_is_told_of() -> None:
    assert TOLD.keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("edit", "history", "new"),
    [
        ("https://github.com/o/r/edit/main/", "https://github.com/o/r/commits/main/a/b.md",
         "https://github.com/o/r/new/main/a"),
        ("https://gl.example/g/r/-/edit/main", "https://gl.example/g/r/-/commits/main/a/b.md",
         "https://gl.example/g/r/-/new/main/a"),
        ("https://f.example/o/r/_edit/main/", "https://f.example/o/r/commits/branch/main/a/b.md",
         "https://f.example/o/r/_new/main/a"),
        ("https://elsewhere.example/files/", "", ""),
        ('https://x.example/"onclick/edit/main/', "", ""),
        ("javascript:alert(1)/edit/main/", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_pages_of_the_host(edit: str, history: str, new: str) -> None:
    assert history_of_file(edit, "a/b.md") == history
    assert new_file(edit, "a") == new
    is_address = edit.startswith("https://") and '"' not in edit
    assert bool(edit_file(edit, "a/b.md")) == is_address
