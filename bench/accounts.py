"""`cfaig plan --all` over many accounts, beside `cfaig plan` of as many gateways in one account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from bench.generate import definition
from bench.live import make_account_live
from bench.place import Place, accounts_place
from bench.process import Done
from bench.report import Report, Table, machine, megabytes
from bench.timing import Timing, in_turns
from cfaig.definition.diagnostics import DefinitionError
from cfaig.definition.load import load_environments
from cfaig.local.engine.environment import local_backend
from cfaig.local.process import start, stop
from cfaig.secrets import stand_in
from cfaig.state.compile import compile_account

# Accounts, gateways in each of them, runs of each case.
SIZE: Final = (50, 20, 3)
QUICK_SIZE: Final = (5, 20, 3)
TEAMS: Final = 25  # whose keys the generated definitions use
QUOTA: Final = 1200
TOO_MANY: Final = 429
COLUMNS: Final = ("command", "median (fastest–slowest)", "CPU", "API calls", "memory")


@dataclass(frozen=True, slots=True)
class Fleet:
    """A project with an environment for each account, all of them live and unchanged."""

    place: Place
    accounts: Mapping[str, str]

    def plan(self) -> Done:
        """Plan all of it."""
        chosen = ["--all"] if len(self.accounts) > 1 else ["-e", *self.accounts]
        return self.place.cfaig("plan", *chosen, memory=True, environ=self._environ())

    def _environ(self) -> dict[str, str]:
        keys = (f"{provider}_KEY_{team}" for provider in ("OPENAI", "ANTHROPIC") for team in range(TEAMS))
        return {
            **{name: stand_in(f"env://{name}") for name in keys},
            "CLOUDFLARE_BASE_URL": self.place.server.url,
            "CLOUDFLARE_API_TOKEN": self.place.server.token,
            "PULUMI_BACKEND_URL": local_backend(self.place.project),
        }


def measure(*, quick: bool) -> Report:
    """Run it."""
    told = machine()
    accounts, each, runs = QUICK_SIZE if quick else SIZE
    total = accounts * each
    with ExitStack() as stack:
        fleets = {
            f"{what}{with_keys}": stack.enter_context(_fleet(count, total // count, keys=bool(with_keys)))
            for with_keys in ("", ", two provider keys each")
            for what, count in (("plan, one account", 1), (f"plan --all, {accounts} accounts of {each}", accounts))
        }
        calls = {name: _answers(fleet)[0] for name, fleet in fleets.items()}
        taken = in_turns({name: partial(fleet.plan) for name, fleet in fleets.items()}, runs)
        many = next(fleet for fleet in fleets.values() if len(fleet.accounts) > 1)
        limited = _with_limit(many)
    rows = [_row(name, taken[name], calls[name]) for name in fleets]
    title = f"{total:,} unchanged gateways, each with a route of eight nodes"
    return Report(told, [Table(title, COLUMNS, rows)], (limited,))


@contextmanager
def _fleet(accounts: int, each: int, *, keys: bool) -> Iterator[Fleet]:
    ids = {f"account-{number:02}": f"acc{number:029x}" for number in range(accounts)}
    with accounts_place(*ids.values()) as place:
        folder = place.project.gateways
        folder.mkdir()
        (folder / "_defaults.yaml").write_text(f"limits:\n  gateways: {each}\n")
        for index, (environment, account) in enumerate(ids.items()):
            place.project.stack_file(environment).write_text(f"config:\n  cfaig:account: {account}\n")
            for number in range(index * each, (index + 1) * each):
                text = definition(number, keys=keys, only=environment)
                (folder / f"bench-{number:04}.yaml").write_text(text)
        for (environment, account), loaded in zip(ids.items(), load_environments(place.project, ids), strict=True):
            if isinstance(loaded, DefinitionError):
                raise loaded
            make_account_live(place, environment, account, compile_account(loaded.gateways))
        yield Fleet(place, ids)


def _answers(fleet: Fleet) -> tuple[int, int]:
    """How many calls one plan takes, and how many of them are refused because there were too many."""
    fleet.place.answers()
    fleet.plan()
    answers = fleet.place.answers()
    return len(answers), sum(answer["status"] == TOO_MANY for answer in answers)


def _with_limit(fleet: Fleet) -> str:
    """What one plan does where Cloudflare's limit holds."""
    port = fleet.place.server.port
    stop(fleet.place.project)
    accounts = [f"--account={account}" for account in fleet.accounts.values()]
    start(fleet.place.project, port=port, arguments=[f"--rate-limit={QUOTA}", *accounts])
    calls, refused = _answers(fleet)
    return f"with Cloudflare's limit of {QUOTA:,} calls in 5 minutes for the token: {calls:,} calls, {refused} refused"


def _row(name: str, taken: Timing, calls: int) -> tuple[str, ...]:
    memory = max(done.peak("cfaig") or 0 for done in taken.runs) or None
    return name, taken.told(), taken.cpu, f"{calls:,}", megabytes(memory)
