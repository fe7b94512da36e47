"""A site's selectors come before its family's; what narrows a list replaces it."""

from __future__ import annotations

from minsheng.cms import Layout


def test_own_selectors_are_tried_first_and_none_twice() -> None:
    own = Layout(family="trs", title=("h3", "h1"), list_links=(".news",))
    default = Layout(family="trs", title=("h1", "h2"), body=(".TRS_Editor",), list_links=("ul",))
    merged = own.over(default)
    assert merged.title == ("h3", "h1", "h2")
    assert merged.body == (".TRS_Editor",)
    assert merged.list_links == (".news",)
