"""A call of a dynamic route: one model after another, until one answers (facts/ai-gateway.md 2.3)."""

from __future__ import annotations

from dataclasses import replace

from cfaig.runtime.doors import Doors, RouteAsk
from cfaig.runtime.errors import Code, Fault, no_answer
from cfaig.runtime.inspection import BlockedFault
from cfaig.runtime.model import EventKind
from cfaig.runtime.provide import Provider
from cfaig.runtime.walk import ModelElement, Walk
from cfaig.runtime.work import Refused, Result, Served, Subject, Surroundings, Work, is_good


async def follow(around: Surroundings, work: Work, doors: Doors, wanted: RouteAsk, subject: Subject) -> Result:
    """The first good answer; else the last bad one, told of the route and of no model.

    Raises Fault for a route that cannot be followed, and where a prompt or an answer is blocked.
    """
    work.trace.route = wanted.route.name
    walk = Walk(wanted.route, work, around, subject.settings.metadata)
    provider = Provider(around, work)
    last: Result | None = None
    tried = 0
    while (model := walk.next()) is not None:
        one = replace(subject, provider=model.provider, model=model.model, step=subject.step + tried)
        last = await _ask(provider, doors, wanted, one, model)
        if isinstance(last, Served) and is_good(last):
            walk.succeeded()
            return replace(last, costs=tuple(walk.costs))
        if isinstance(last, Refused) and last.fault.code is not Code.NO_ANSWER:  # of that, the attempts have told
            work.tell(EventKind.REFUSED, around.clock.now(), model.id, str(int(last.fault.code)), last.fault.told())
        tried += 1
    if walk.limited is not None:
        return Refused(subject, walk.limited)
    if last is None:
        return Refused(subject, no_answer(f"the route {wanted.route.name} ended without asking a model"))
    return replace(last, subject=subject)


async def _ask(provider: Provider, doors: Doors, wanted: RouteAsk, subject: Subject, model: ModelElement) -> Result:
    try:
        chat = doors.chat(model.provider, model.model, wanted.chat, wanted.body, wanted.headers)
        policy = subject.settings.for_element(model.timeout, model.attempts)
        return await provider.serve(chat, subject, policy, model.id)
    except BlockedFault:
        raise
    except Fault as fault:
        return Refused(subject, fault)
