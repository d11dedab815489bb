"""Reading the status of an environment: stack, live account, analytics and token, at once. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from cfaig.deploy.applied import applied_account
from cfaig.deploy.expecting import expectations
from cfaig.deploy.live_routes import desired_account
from cfaig.deploy.session import Session
from cfaig.deploy.stack_state import StackState
from cfaig.errors import CfaigError
from cfaig.health.asking import Answer, Caller
from cfaig.health.at_once import AtOnce, Failed, Pending
from cfaig.health.limits import Question, all_questions, limits_of
from cfaig.health.minutes import Minutes, read_minutes
from cfaig.health.place import Place
from cfaig.health.status import EdgeStatus, GatewayStatus, RouteStatus, Status
from cfaig.health.token import Token, look_at_token
from cfaig.live.api import CloudflareApi
from cfaig.live.expected import EVERYTHING
from cfaig.live.read import LiveRead, read_live
from cfaig.live.route_versions import read_numbers
from cfaig.observe.clock import local_clock
from cfaig.observe.read_usage import read_usage
from cfaig.observe.usage import Field, Grouping, Totals, Usage
from cfaig.observe.window import Window
from cfaig.project import Project
from cfaig.reconcile.drift import Drift, find_drift
from cfaig.state.model import AccountState, GatewayState, RouteState

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
# A version's number is one more call for each route that has a new one; beyond so many its id has to do.
MOST_NUMBERED: Final = 50
# No `reading_at_once`: what fails here stops itself only, and not what else is read beside it.
QUERIES_AT_ONCE: Final = 4
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Account:
    """Stack and live account, side by side; `stack` is None where it could not be read."""

    applied: AccountState
    desired: AccountState | None
    live: LiveRead
    drift: Drift | None
    unknown: Mapping[str, Failed]


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What analytics tell."""

    hour: Usage
    day: Usage
    minutes: Minutes


@dataclass
class Surveyor:
    """Looks at an environment as often as asked; remembers the numbers of versions, which never change."""

    project: Project
    place: Place
    seconds: float
    _numbers: dict[str, int] = field(default_factory=dict)

    def look(self) -> Status:
        """The status now; what cannot be read within `seconds` is told in `unknown`."""
        target = self.place.target
        at_once = AtOnce(self.seconds)
        with CloudflareApi(target.credentials, timeout=self.seconds) as api:
            local = local_clock(target.credentials)
            now = local or datetime.now(UTC)
            account = at_once.start(lambda: _read_account(self.place.session(self.project), api))
            numbers = at_once.start(lambda: _read_numbers(api, target.account, now, local=local is not None))
            token = at_once.start(lambda: self._token(at_once.left))
            found = account.outcome()
            unknown: dict[str, Failed] = {} if not isinstance(found, Failed) else {"account": found}
            counted = _known(numbers, "analytics", unknown)
            known = token.outcome()
            if isinstance(known, Failed):
                known = Token("token", Answer(0, failure=known.why))
            status = Status(
                environment=target.environment,
                account=target.account,
                at=now,
                source=self.place.source,
                token=known,
                left=None,
                unknown=unknown,
            )
            if not isinstance(found, Failed):
                status = self._with_account(status, found, counted, api, at_once)
            api.stop()
            return replace(status, left=target.credentials.pacer.left(), calls=api.calls + 1)

    def _token(self, seconds: float) -> Token:
        with Caller(self.place.target.credentials, seconds) as caller:
            return look_at_token(caller, self.place.target.account, policies=False)

    def _with_account(
        self, status: Status, found: _Account, numbers: _Numbers | None, api: CloudflareApi, at_once: AtOnce
    ) -> Status:
        unknown = {**status.unknown, **found.unknown}
        live = {gateway.id: gateway for gateway in found.live.state.gateways}
        ours = _ours(found)
        shown = [live[id_] for id_ in ours if id_ in live]
        answers: Mapping[Question, Usage] = {}
        if numbers is not None:
            asked = at_once.start(lambda: _answers(api, status.account, all_questions(shown), status.at))
            answers = _known(asked, "limits", unknown) or {}
        versions = at_once.start(lambda: self._version_numbers(api, status.account, shown))
        named = _known(versions, "versions", unknown) or {}
        gateways = tuple(_gateway(id_, found, numbers, answers, named) for id_ in ours)
        drift = found.drift or Drift()
        return replace(
            status,
            gateways=gateways,
            shared=tuple(item.change.key.address for item in drift.drifted if not item.change.key.gateway),
            edited=tuple(key.address for key in drift.pending if not key.gateway),
            others=len(live.keys() - set(ours)),
            notes=numbers.hour.notes if numbers else (),
            unknown=unknown,
        )

    def _version_numbers(self, api: CloudflareApi, account: str, gateways: Iterable[GatewayState]) -> Mapping[str, int]:
        """The numbers of the versions that answer, by their ids; those of too many routes are not asked for."""
        new = [
            (gateway.id, route.id)
            for gateway in gateways
            for route in gateway.routes
            if route.id and route.version_id and route.version_id not in self._numbers
        ]
        if len(new) <= MOST_NUMBERED:
            for gateway, route in new:
                self._numbers.update(read_numbers(api, account, gateway, route))
        return dict(self._numbers)


def _known(pending: Pending[T], part: str, unknown: dict[str, Failed]) -> T | None:
    """What was found; or nothing, with the reason in `unknown`."""
    found = pending.outcome()
    if isinstance(found, Failed):
        unknown[part] = found
        return None
    return found


def _read_account(session: Session, api: CloudflareApi) -> _Account:
    """What was applied and what is live of it; what else is live is not looked for.

    Raises ApiError when the account cannot be read.
    """
    unknown: dict[str, Failed] = {}
    stack = _stack(session, unknown)
    desired = desired_account(session)
    if isinstance(desired, CfaigError):
        unknown["definitions"] = Failed(desired.message, f"cfaig validate -e {session.target.environment}")
    wanted = None if isinstance(desired, CfaigError) else desired
    applied = applied_account(stack) if stack is not None else AccountState()
    ids = {gateway.id for state in (applied, wanted or AccountState()) for gateway in state.gateways}
    expected = EVERYTHING if stack is None else expectations(applied, stack)
    live = read_live(api, session.target.account, only=ids, expected=expected)
    drift = None
    if stack is not None:
        drift = find_drift(applied, live.state, wanted, stores_known=live.stores_known)
    return _Account(applied, wanted, live, drift, unknown)


def _stack(session: Session, unknown: dict[str, Failed]) -> StackState | None:
    try:
        stack = session.stack_state()
    except CfaigError as error:
        unknown["stack"] = Failed(error.message, error.hint)
        return None
    if stack is None:
        unknown["stack"] = Failed("the state cannot be read", "pulumi login, or export PULUMI_BACKEND_URL=…")
    return stack


def _read_numbers(api: CloudflareApi, account: str, now: datetime, *, local: bool) -> _Numbers:
    by = Grouping(Field.GATEWAY)
    with ThreadPoolExecutor(QUERIES_AT_ONCE) as pool:
        hour, day = (
            pool.submit(read_usage, api, account, Window.last(now, length), by, local=local) for length in (HOUR, DAY)
        )
        minutes = pool.submit(read_minutes, api, account, now)
        return _Numbers(hour.result(), day.result(), minutes.result())


def _answers(
    api: CloudflareApi, account: str, questions: Sequence[Question], now: datetime
) -> Mapping[Question, Usage]:
    def ask(question: Question) -> Usage:
        gateways = (question.gateway,) if question.gateway else ()
        return read_usage(api, account, question.when(now), question.by, gateways, now=now)

    with ThreadPoolExecutor(QUERIES_AT_ONCE) as pool:
        return dict(zip(questions, pool.map(ask, questions), strict=True))


def _ours(found: _Account) -> tuple[str, ...]:
    states = (found.applied, found.desired or AccountState())
    return tuple(sorted({gateway.id for state in states for gateway in state.gateways}))


def _gateway(
    id_: str,
    found: _Account,
    numbers: _Numbers | None,
    answers: Mapping[Question, Usage],
    versions: Mapping[str, int],
) -> GatewayStatus:
    applied = next((gateway for gateway in found.applied.gateways if gateway.id == id_), None)
    live = next((gateway for gateway in found.live.state.gateways if gateway.id == id_), None)
    drift = found.drift or Drift()
    return GatewayStatus(
        id=id_,
        applied=applied is not None,
        live=live is not None,
        routes=_routes(applied, live, versions),
        edges=_edges(applied, live),
        drift=tuple(item.change.key.address for item in drift.drifted if item.change.key.gateway == id_),
        edited=tuple(key.address for key in drift.pending if key.gateway == id_),
        limits=limits_of(live, numbers.minutes if numbers else None, answers) if live else (),
        caching=bool(live and live.settings.get("cache_ttl")),
        hour=_totals(numbers.hour, id_) if numbers else None,
        day=_totals(numbers.day, id_) if numbers else None,
        limited=numbers.minutes.limited(id_) if numbers else None,
    )


def _totals(usage: Usage, gateway: str) -> Totals:
    return next((group.totals for group in usage.groups if group.name == gateway), Totals())


def _routes(
    applied: GatewayState | None, live: GatewayState | None, versions: Mapping[str, int]
) -> tuple[RouteStatus, ...]:
    now = {route.name: route for route in live.routes} if live else {}
    ids = {route.id for route in now.values()}
    gone = [route for route in (applied.routes if applied else ()) if route.name not in now and route.id not in ids]
    return tuple(
        sorted(
            (*(_route(route, versions) for route in now.values()), *(_gone(route) for route in gone)),
            key=lambda route: route.name,
        )
    )


def _route(route: RouteState, versions: Mapping[str, int]) -> RouteStatus:
    return RouteStatus(route.name, route.version_id, versions.get(route.version_id or ""), route.deployed_at)


def _gone(route: RouteState) -> RouteStatus:
    return RouteStatus(route.name, None, None, None, live=False)


def _edges(applied: GatewayState | None, live: GatewayState | None) -> tuple[EdgeStatus, ...]:
    now = {edge.worker: edge for edge in live.edges} if live else {}
    before = {edge.worker: edge for edge in applied.edges} if applied else {}
    return tuple(
        EdgeStatus(worker, (now.get(worker) or before[worker]).hostname, live=worker in now)
        for worker in sorted(now.keys() | before.keys())
    )
