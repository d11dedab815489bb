"""What only the network can tell about an environment: gathered at once, checked one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Final

from cfaig.definition.model import Gateway
from cfaig.deploy.addresses import gateway_url
from cfaig.health import account, answering, network, stack
from cfaig.health.asking import Answer, Caller
from cfaig.health.at_once import AtOnce, Failed, Pending
from cfaig.health.finding import Area, Finding, checked
from cfaig.health.misses import check_cache
from cfaig.health.place import Place
from cfaig.health.refusals import check_limits
from cfaig.health.token import Token, look_at_token
from cfaig.health.traffic import look_at_traffic
from cfaig.live.api import CloudflareApi
from cfaig.local.options import RUN_TOKEN
from cfaig.observe.clock import clock_now
from cfaig.project import Project
from cfaig.state.compile import compile_account

TRAFFIC: Final = Area("traffic")


class Online:
    """The looks at an account, under way; all of them have ended when the findings are made."""

    def __init__(
        self, project: Project, place: Place, gateways: Sequence[Gateway], chosen: str | None, at_once: AtOnce
    ) -> None:
        target = place.target
        self._place = place
        self._caller = caller = Caller(target.credentials, at_once.left)
        self._probes = account.probes(
            keys=any(gateway.provider_keys for gateway in gateways),
            edges=any(gateway.edge for gateway in gateways),
            now=datetime.now(UTC),
        )
        self._way = at_once.start(lambda: network.look_at_way(target.credentials.base_url, at_once.left))
        self._token = at_once.start(lambda: look_at_token(caller, target.account))
        self._answers = [at_once.start(partial(probe.ask, caller, target.account)) for probe in self._probes]
        self._stack = at_once.start(lambda: stack.look_at_stack(project, place.session(project), os.environ))
        self._api = CloudflareApi(target.credentials, timeout=at_once.left)
        defined = compile_account(gateways).gateways
        self._traffic = at_once.start(
            lambda: look_at_traffic(self._api, target.account, clock_now(target.credentials), defined, chosen)
        )
        self._doors = [each for gateway in gateways for each in self._knock(gateway, at_once)]

    def _knock(self, gateway: Gateway, at_once: AtOnce) -> Iterator[tuple[str, Pending[answering.Door]]]:
        place, caller = self._place, self._caller
        address = gateway_url(place.target.account, gateway.id, place.local_api)
        token = RUN_TOKEN if place.target.local else os.environ.get(answering.TOKEN_VARIABLE)
        yield gateway.id, at_once.start(lambda: answering.look_at_gateway(caller, gateway.id, address, token))
        edge = gateway.edge
        if edge is not None and not place.target.local:
            yield gateway.id, at_once.start(lambda: answering.look_at_edge(caller, gateway.id, edge.hostname))

    def findings(self, now: datetime) -> Iterator[Finding]:
        """Everything that was found, in a fixed order."""
        token = self._token.outcome()
        yield from checked(network.AREA, "API", self._way, lambda way: network.check_way(way, now))
        if isinstance(token, Failed):
            yield network.AREA.problem("API", token.why, token.hint)
            token = Token("token", Answer(0, failure=token.why))
        else:
            yield from network.check_latency(token.answer)
            yield from network.check_clock(token.answer, now)
        yield from account.check_token(token, self._place.source, now)
        if token.valid:
            yield from self._account(token)
        yield from checked(stack.AREA, "stack", self._stack, stack.check_stack)
        listed = self._answers[0].outcome()
        deployed = None if isinstance(listed, Failed) else account.gateways_in(listed)
        for name, door in self._doors:
            yield from checked(answering.AREA, name, door, lambda found: answering.check_door(found, deployed))
        if token.valid:
            yield from self._traffic_findings()

    def close(self) -> None:
        """Give the connections back; what still hangs is left alone."""
        self._api.stop()
        self._api.close()
        self._caller.close()

    def _traffic_findings(self) -> Iterator[Finding]:
        """Why caches do not answer, and who limits; a token that may not look is told among the permissions."""
        found = self._traffic.outcome()
        if isinstance(found, Failed):
            yield TRAFFIC.warning("traffic", f"not looked at: {found.why}", found.hint)
            return
        for traffic in found:
            yield from check_cache(traffic)
        for traffic in found:
            yield from check_limits(traffic)

    def _account(self, token: Token) -> Iterator[Finding]:
        left = self._place.target.credentials.pacer.left()
        yield from account.check_calls(left)
        for probe, pending in zip(self._probes, self._answers, strict=True):
            check = partial(account.check_permission, probe, token)
            yield from checked(account.PERMISSIONS, probe.read.product, pending, check)
