"""Walking a dynamic route: from its start to the models that are tried, one after another (facts/ai-gateway.md 2.2)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from cfaig.json_types import Json, JsonObject
from cfaig.runtime.conditions import ConditionError, holds
from cfaig.runtime.errors import Fault, invalid_input, rate_limited
from cfaig.runtime.metadata import metadata_value, value_text
from cfaig.runtime.model import EventKind
from cfaig.runtime.work import Surroundings, Work
from cfaig.state.model import RouteState
from cfaig.state.routes import parse_share


@dataclass(frozen=True, slots=True)
class ModelElement:
    """A model to try; `timeout` in seconds, None for none; `attempts` None where the element does not tell."""

    id: str
    provider: str
    model: str
    timeout: float | None
    attempts: int | None


@dataclass(slots=True)
class Walk:
    """One call's way through a route. Ask `next` for the first model, and again after each one that failed.

    `limited` is set where a limit was used up and no model came after it; `costs` are the cost limits that were passed,
    as the key and the window (seconds) to add the call's cost to.
    """

    route: RouteState
    work: Work
    around: Surroundings
    metadata: Mapping[str, Json]
    limited: Fault | None = None
    costs: list[tuple[Hashable, float]] = field(default_factory=list)
    _at: JsonObject | None = None
    _seen: set[str] = field(default_factory=set)

    def next(self) -> ModelElement | None:
        """The next model, None at the end of the route.

        Raises Fault for an element that cannot be evaluated.
        """
        self.limited = None
        if self._at is None:
            start = next((element for element in self.route.elements if element.get("type") == "start"), None)
            following = None if start is None else self._leave(start, "next")
        else:
            following = self._leave(self._at, "fallback")
        while following is not None and following.get("type") != "end":
            self._at = following
            if following.get("type") == "model":
                return _model(following)
            following = self._pass(following)
        return None

    def succeeded(self) -> None:
        """The model that `next` gave has answered."""
        if self._at is not None:
            self._tell(self._at, "success", {})

    def _pass(self, element: JsonObject) -> JsonObject | None:
        if element.get("type") == "conditional":
            return self._leave(element, self._condition(element))
        if element.get("type") == "percentage":
            return self._leave(element, *self._share(element))
        if element.get("type") == "rate":
            return self._leave(element, *self._rate(element))
        raise invalid_input(f"{self.route.name}: {element.get('id')} is of unknown type {element.get('type')}")

    def _leave(self, element: JsonObject, output: str, detail: Mapping[str, Json] | None = None) -> JsonObject | None:
        """The element behind an output; None where it leads nowhere, which ends the route."""
        self._tell(element, output, detail or {})
        outputs = element.get("outputs")
        target = outputs.get(output) if isinstance(outputs, Mapping) else None
        id_ = target.get("elementId") if isinstance(target, Mapping) else None
        found = next((one for one in self.route.elements if id_ is not None and one.get("id") == id_), None)
        if found is not None and str(id_) in self._seen and found.get("type") != "end":
            raise invalid_input(f"the route {self.route.name} comes back to {id_}")
        self._seen.add(str(id_))
        return found

    def _tell(self, element: JsonObject, output: str, detail: Mapping[str, Json]) -> None:
        told = {"type": element.get("type"), **detail}
        self.work.tell(EventKind.ELEMENT, self.around.clock.now(), str(element.get("id")), output, told)

    def _condition(self, element: JsonObject) -> str:
        try:
            return "true" if holds(_properties(element).get("conditions"), self.metadata) else "false"
        except ConditionError as problem:
            raise invalid_input(f"{self.route.name}: the condition {element.get('id')}: {problem}") from None

    def _share(self, element: JsonObject) -> tuple[str, dict[str, Json]]:
        """One draw for each split; the shares stand side by side from 0 to 100, as listed."""
        outputs = element.get("outputs")
        names = list(outputs) if isinstance(outputs, Mapping) else []
        drawn, reached = self.around.split.random() * 100, 0.0
        for name in names:
            reached += float(parse_share(name) or 0)
            if drawn < reached:
                return name, {"drawn": drawn}
        return (names[-1] if names else ""), {"drawn": drawn}

    def _rate(self, element: JsonObject) -> tuple[str, dict[str, Json]]:
        properties = _properties(element)
        try:
            value = metadata_value(str(properties.get("key")), self.metadata)
        except LookupError as problem:
            raise invalid_input(f"{self.route.name}: the limit {element.get('id')}: {problem.args[0]}") from None
        limit, window = _number(properties.get("limit")), _number(properties.get("window"))
        owner = None if value is None else value_text(value)
        key = (*self.work.scope, "rate", self.route.name, str(element.get("id")), str(properties.get("key")), owner)
        at, by_cost = self.around.clock.now(), properties.get("limitType") == "cost"
        if by_cost:
            used = self.around.counters.used(key, window, at, sliding=False)
            allowed = used < limit
        else:
            allowed, used = self.around.counters.take(key, window, at, limit, sliding=False)
        told: dict[str, Json] = {"key": owner, "limit": limit, "used": used, "window": window}
        if not allowed:
            self.limited = rate_limited(f"the limit {element.get('id')} of the route {self.route.name} is used up")
            return "fallback", told
        if by_cost:
            self.costs.append((key, window))
        return "success", told


def _model(element: JsonObject) -> ModelElement:
    properties = _properties(element)
    timeout, retries = properties.get("timeout"), properties.get("retries")
    return ModelElement(
        id=str(element.get("id")),
        provider=str(properties.get("provider")),
        model=str(properties.get("model")),
        timeout=_number(timeout) / 1000 if _number(timeout) > 0 else None,
        attempts=None if retries is None else int(_number(retries)) + 1,
    )


def _properties(element: JsonObject) -> JsonObject:
    properties = element.get("properties")
    return properties if isinstance(properties, Mapping) else {}


def _number(value: Json) -> float:
    return value if isinstance(value, int | float) else 0
