"""Reading and answering queries of the GraphQL API. facts/ai-gateway.md 7.

graphql-core reads the query. It is resolved here and not by a schema, because Cloudflare is more lenient than the
specification: its own documentation uses variables that the query does not declare.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graphql import GraphQLSyntaxError, OperationType, parse, value_from_ast_untyped
from graphql.language import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from cfaig.local.analytics import DATASETS, DIMENSIONS, MOST_ROWS, AnalyticsError, Selection, column_name, to_sql
from cfaig.local.storage import Storage

DEEPEST: Final = 12


def answer(storage: Storage, accounts: Sequence[str], text: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The data of `accounts` that a query asks for; raises AnalyticsError for one that makes no sense."""
    try:
        document = parse(text)
    except (GraphQLSyntaxError, RecursionError) as error:
        raise AnalyticsError(getattr(error, "message", "the query is nested too deeply")) from None
    operation, fragments = _parts(document)
    return _Resolver(storage, accounts, fragments, variables).root(operation.selection_set)


def _parts(document: DocumentNode) -> tuple[OperationDefinitionNode, dict[str, FragmentDefinitionNode]]:
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
        raise AnalyticsError("expected exactly one query")
    return operations[0], fragments


@dataclass(frozen=True, slots=True)
class _Resolver:
    storage: Storage
    accounts: Sequence[str]
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]

    def root(self, selected: SelectionSetNode) -> dict[str, Any]:
        return {key: self._viewer(field) for key, field in self._known(selected, {"viewer"})}

    def _viewer(self, viewer: FieldNode) -> dict[str, Any]:
        return {key: self._accounts(field) for key, field in self._known(viewer.selection_set, {"accounts"})}

    def _accounts(self, field: FieldNode) -> list[dict[str, Any]]:
        wanted = self._arguments(field).get("filter") or {}
        tags = {str(wanted["accountTag"])} if "accountTag" in wanted else set(wanted.get("accountTag_in") or [])
        if not tags:
            raise AnalyticsError("accounts: a filter on accountTag is needed")
        if not tags.intersection(self.accounts):
            raise AnalyticsError("not authorized for that account")
        return [self._account(account, field) for account in self.accounts if account in tags]

    def _account(self, account: str, field: FieldNode) -> dict[str, Any]:
        answer: dict[str, Any] = {}
        for key, inner in self._known(field.selection_set, {*DATASETS, "accountTag"}):
            answer[key] = account if inner.name.value == "accountTag" else self._groups(account, inner)
        return answer

    def _groups(self, account: str, field: FieldNode) -> list[dict[str, Any]]:
        dataset, arguments = DATASETS[field.name.value], self._arguments(field)
        columns: dict[str, Any] = {"count": column_name("count")}
        known = {"sum": dataset.sums, "max": dataset.maxima, "dimensions": DIMENSIONS}
        asked: dict[str, Any] = {}
        for key, inner in self._known(field.selection_set, {"count", *(name for name in known if known[name])}):
            name = inner.name.value
            if name == "count":
                asked[key] = columns["count"]
                continue
            leaves = self._known(inner.selection_set, set(known[name]))
            asked[key] = {leaf: column_name(name, node.name.value) for leaf, node in leaves}
        dimensions = [name for name in DIMENSIONS if column_name("dimensions", name) in _leaves(asked)]
        sql, values = to_sql(
            Selection(dataset, dimensions, _limit(arguments), _filters(arguments), _order(arguments)), account
        )
        return [_filled(asked, row) for row in self.storage.rows(sql, *values)]

    def _arguments(self, field: FieldNode) -> dict[str, Any]:
        # A variable that is not given counts as an argument that is not given.
        values = {
            each.name.value: value_from_ast_untyped(each.value, dict(self.variables)) for each in field.arguments or ()
        }
        return {name: value for name, value in values.items() if value is not None}

    def _known(self, selected: SelectionSetNode | None, names: set[str]) -> list[tuple[str, FieldNode]]:
        """The fields of a selection with the keys of their answers; raises AnalyticsError for one that is not known."""
        if selected is None:
            raise AnalyticsError(f"select some of {', '.join(sorted(names))}")
        fields = [field for field in self._fields(selected, 0) if field.name.value != "__typename"]
        for field in fields:
            if field.name.value not in names:
                raise AnalyticsError(f"unknown field {field.name.value!r}")
        return [(field.alias.value if field.alias else field.name.value, field) for field in fields]

    def _fields(self, selected: SelectionSetNode, depth: int) -> Iterator[FieldNode]:
        if depth > DEEPEST:
            raise AnalyticsError("fragments are nested too deeply")
        for node in selected.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                yield from self._fields(node.selection_set, depth + 1)
            elif isinstance(node, FragmentSpreadNode):
                if (fragment := self.fragments.get(node.name.value)) is None:
                    raise AnalyticsError(f"unknown fragment {node.name.value!r}")
                yield from self._fields(fragment.selection_set, depth + 1)


def _leaves(asked: Mapping[str, Any]) -> set[str]:
    return {leaf for value in asked.values() for leaf in (value.values() if isinstance(value, dict) else (value,))}


def _filled(asked: Mapping[str, Any], row: sqlite3.Row) -> dict[str, Any]:
    return {key: _filled(value, row) if isinstance(value, dict) else row[value] for key, value in asked.items()}


def _limit(arguments: Mapping[str, Any]) -> int:
    limit = arguments.get("limit")
    if isinstance(limit, str) and limit.isascii() and limit.isdigit():
        limit = int(limit[:9])
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MOST_ROWS:
        raise AnalyticsError(f"limit has to be between 1 and {MOST_ROWS}")
    return limit


def _filters(arguments: Mapping[str, Any]) -> dict[str, Any]:
    filters = arguments.get("filter") or {}
    if not isinstance(filters, dict):
        raise AnalyticsError("filter has to be an object")
    return filters


def _order(arguments: Mapping[str, Any]) -> list[str]:
    order = arguments.get("orderBy") or []
    return [str(word) for word in (order if isinstance(order, list) else [order])]
