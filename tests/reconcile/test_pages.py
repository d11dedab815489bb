"""Plans as Markdown and as HTML: complete, in order, escaped, and short enough for a comment."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.definition.model import Cache, ProviderKey, Route
from cfaig.reconcile.calls import CallForecast
from cfaig.reconcile.change import Action, Change, FieldChange, Plan, ResourceKey, Restriction
from cfaig.reconcile.markdown import LIMIT
from cfaig.reconcile.outline import NO_CHANGES
from cfaig.reconcile.render_html import render_html
from cfaig.reconcile.render_markdown import render_markdown
from cfaig.reconcile.safety import refusals
from tests.reconcile.accounts import CLAUDE, GPT, MINI, chain, chat, gateway, plan_between

OLD = gateway(chat(), Route("legacy", chain(MINI)), cache=Cache(3600))
NEW = gateway(
    chat(chain(replace(GPT, timeout_ms=20_000), MINI, CLAUDE)),
    cache=Cache(1800),
    provider_keys=(ProviderKey("openai", "env://K"),),
)
NASTY = "<script>alert(1)</script> @cf/meta #12 [x](https://evil.example) `` ``` **b** _i_ | \x1b[2J & ~~~"
VOID = frozenset({"meta"})


def _many(count: int, action: Action, *, words: int = 0) -> tuple[Change, ...]:
    fields = tuple(FieldChange((f"field_{number}",), 0, number) for number in range(words))
    side = {"before": {}} if action is Action.DELETE else {"before": {}, "after": {}, "fields": fields}
    return tuple(
        Change(action, ResourceKey.of_gateway(f"gateway-{number:05}"), **side)  # type: ignore[arg-type]
        for number in range(count)
    )


def test_markdown_with_totals_and_deletions_on_top() -> None:
    plan = replace(plan_between(OLD, NEW), forecast=CallForecast(7, 10, 14))
    assert (
        render_markdown(plan, title="Plan for dev", refused=refusals(plan, ()))
        == """\
## Plan for dev

2 to create, 2 to change, **1 to delete**.

<sub>Carrying this out takes about 31 API calls and 6 seconds.</sub>

> [!CAUTION]
> Refused, until it is allowed by name:
>
> - `delete:route/support/legacy`: requests to dynamic/legacy would fail
>
> If you mean it: `--allow delete:route/support/legacy`

### To be deleted

```diff
  gateway support
-   route legacy
        requests for dynamic/legacy fail from then on; its versions are lost
```

```diff
+ Secrets Store default_secrets_store
```

```diff
! gateway support
      store: none → default_secrets_store
      cache: ttl 1h → 30m
+   key openai
        key from env://K
!   route chat
        openai/gpt-4o timeout 30s → 20s
        openai/gpt-4o-mini added after openai/gpt-4o
```
"""
    )


def test_a_plan_without_changes_says_so() -> None:
    assert render_markdown(Plan()) == f"## Plan\n\n**{NO_CHANGES}**\n"
    assert f"<p>{NO_CHANGES}</p>" in render_html(Plan())
    assert "No differences" in render_html(Plan(restriction=None)) + render_markdown(Plan(), nothing="No differences")


def test_markdown_that_is_too_long_keeps_deletions_and_counts_the_rest() -> None:
    plan = Plan(changes=(*_many(300, Action.DELETE), *_many(2_000, Action.UPDATE, words=20)))
    told = render_markdown(plan)
    assert len(told) <= LIMIT
    assert len(told) > LIMIT * 0.9
    deleted, changed = (len(re.findall(rf"^{sign} gateway gateway-", told, re.MULTILINE)) for sign in ("-", "!"))
    assert deleted == 300
    assert 0 < changed < 2_000
    assert told.count("every request to it fails from then on") == 300
    assert f"**{2_000 - changed:,} more changes** not shown" in told.splitlines()[-1]


def test_deletions_lose_their_words_first_and_are_all_named_as_long_as_that_fits() -> None:
    told = render_markdown(Plan(changes=_many(1_500, Action.DELETE)))
    assert len(told) <= LIMIT
    assert len(re.findall(r"^- gateway gateway-", told, re.MULTILINE)) == 1_500
    assert "fails from then on" not in told
    too_many = render_markdown(Plan(changes=_many(9_000, Action.DELETE)))
    assert len(too_many) <= LIMIT
    named = len(re.findall(r"`gateway/gateway-", too_many))
    assert named > 1_500
    assert f"{9_000 - named:,} more deletions" in too_many


def test_one_huge_change_does_not_push_out_the_others() -> None:
    huge = _many(1, Action.UPDATE, words=5_000)
    told = render_markdown(Plan(changes=(*huge, *plan_between(OLD, NEW).changes)))
    assert "! gateway gateway-00000" in told
    assert "field_4999" not in told.replace("field 4999", "field_4999")
    assert "cache: ttl 1h → 30m" in told
    assert "not shown" not in told


names = st.text(max_size=40) | st.just(NASTY)


@given(st.lists(names, max_size=30), names, st.integers(1_500, 6_000))
@settings(max_examples=60, deadline=None)
def test_markdown_never_exceeds_its_limit(texts: list[str], name: str, limit: int) -> None:
    changes = tuple(
        Change(action, ResourceKey.of_route("g", text), before={}, after={}) for text in texts for action in Action
    )
    plan = Plan(changes, tuple(texts), tuple(texts), tuple(ResourceKey.of_route("g", text) for text in texts))
    told = render_markdown(plan, title=name, limit=limit)
    assert len(told) <= limit
    assert told == render_markdown(plan, title=name, limit=limit)


def test_nothing_in_markdown_is_a_link_a_mention_or_markup_of_a_name() -> None:
    key = ResourceKey.of_route("g", NASTY)
    change = Change(Action.DELETE, key, before={})
    plan = Plan((change,), notes=(NASTY,), warnings=(NASTY,), unmanaged=(key,))
    told = render_markdown(plan, title=NASTY, refused=refusals(plan, ()))
    assert "\x1b" not in told
    without_blocks = re.sub(r"^(`{3,})diff\n.*?^\1$", "", told, flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"(`+) ?.*? ?\1(?!`)", "", re.sub(r"\\.", "", without_blocks))
    for dangerous in ("<script", "@cf", "#12", "](", "https://", "**b**", "\n```"):
        assert dangerous not in prose
    (fence,) = set(re.findall(r"^(`{3,})diff$", told, re.MULTILINE))
    assert fence == "````"


class _Page(HTMLParser):
    """Collects what is open, the texts, and the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _read(page: str) -> _Page:
    parser = _Page()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


@pytest.mark.parametrize("details", [False, True])
def test_html_is_whole_and_needs_nothing_from_elsewhere(details: bool) -> None:
    plan = replace(plan_between(OLD, NEW), forecast=CallForecast(1000, 2000, 600))
    page = render_html(plan, title="Plan for dev", details=details, refused=refusals(plan, ()))
    parsed = _read(page)
    text = " ".join(parsed.texts)
    assert text.index("1 to delete") < text.index("Refused") < text.index("route legacy") < text.index("key openai")
    assert "Carrying this out takes about 3,600 API calls and 10 minutes: Cloudflare allows 1,200 in 5 minutes." in text
    assert "cache_ttl" in text
    assert ("open" in next(attrs for tag, attrs in parsed.tags if tag == "details")) is details
    assert not [tag for tag, attrs in parsed.tags if tag == "script" or {"src", "href", "onclick"} & attrs.keys()]
    assert "prefers-color-scheme:dark" in page
    assert 'name="viewport"' in page


def test_html_escapes_every_text() -> None:
    key = ResourceKey.of_route(NASTY, NASTY)
    field = FieldChange((NASTY,), NASTY, [NASTY])
    change = Change(Action.UPDATE, key, before={}, after={}, fields=(field,))
    restriction = Restriction((NASTY,), (NASTY,), frozenset({key}), 1, (NASTY,))
    plan = Plan((change,), (NASTY,), (NASTY,), (key,), restriction)
    parsed = _read(render_html(plan, title=NASTY, details=True, refused=refusals(plan, ())))
    assert "script" not in {tag for tag, _ in parsed.tags}
    assert sum("<script>" in text for text in parsed.texts) >= 8
    assert "\x1b" not in "".join(parsed.texts)
