"""The pages, made by MkDocs' steps one by one and on two cores, against MkDocs' own whole build."""

import shutil
from inspect import signature
from pathlib import Path

import pytest

from npcs.demo import generate as demo
from npcs.publish import BuildFailed, pages
from npcs.publish.assemble import prepared
from npcs.publish.generator import at, configuration
from npcs.publish.stage import stage


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    """A small demo with its pages staged: the root, the site, its sources and the moment."""
    root = tmp_path_factory.mktemp("pages") / "demo"
    demo(root, members=4, years=1)
    site, epoch = prepared(root, None)
    return root, site, stage(site, root / "docs").sources, epoch


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "sitemap.xml.gz"  # it holds its own path
    }


@pytest.mark.parametrize("cores", [1, 2])
def test_they_are_what_mkdocs_makes_of_them(staged, tmp_path, monkeypatch, cores):
    from mkdocs.commands.build import build

    root, site, sources, epoch = staged
    monkeypatch.setattr(pages, "possible", lambda: cores == 2)
    with at(epoch):
        build(configuration(root, root / "docs", tmp_path / "theirs", site.settings))
    pages.generate(
        configuration(root, root / "docs", tmp_path / "ours", site.settings), sources, epoch
    )
    assert files(tmp_path / "ours") == files(tmp_path / "theirs")


@pytest.mark.parametrize("cores", [1, 2])
def test_a_broken_link_on_any_page_is_told_with_its_record(staged, tmp_path, monkeypatch, cores):
    root, site, sources, epoch = staged
    docs = tmp_path / "docs"
    shutil.copytree(root / "docs", docs)
    broken = sorted(one for one in sources if sources[one])
    for name in (broken[0], broken[-1]):
        page = docs / name
        page.write_text(page.read_text("utf-8") + "\n\n[gone](#gone)\n", "utf-8")
    monkeypatch.setattr(pages, "possible", lambda: cores == 2)
    with pytest.raises(BuildFailed) as failed:
        pages.generate(configuration(root, docs, tmp_path / "site", site.settings), sources, epoch)
    said = str(failed.value)
    assert said.count("#gone") == 2
    assert sources[broken[0]] in said
    assert sources[broken[-1]] in said


def test_mkdocs_still_has_the_steps_that_build_a_site() -> None:
    # Not promised to others: MkDocs gives no way to share pages out, or to build chosen ones.
    # Should this fail with a new version, look at what `mkdocs.commands.build.build` does.
    from mkdocs.commands import build

    def taken(step: str) -> list[str]:
        return list(signature(getattr(build, step)).parameters)

    assert taken("_populate_page")[:3] == ["page", "config", "files"]
    assert taken("_build_page")[:5] == ["page", "config", "doc_files", "nav", "env"]
    assert taken("_build_theme_template") == ["template_name", "env", "files", "config", "nav"]
    assert taken("_build_extra_template") == ["template_name", "files", "config", "nav"]
