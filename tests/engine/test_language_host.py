"""The stand-in language host, under the real engine."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cfaig.local.engine.model import Engine
from tests.engine.processes import runs, wait_until
from tests.engine_fixtures import PulumiProject

pytestmark = pytest.mark.engine

Tiny = Callable[[str, Mapping[str, str]], PulumiProject]

EXPORTS = """
import pulumi
config = pulumi.Config()
pulumi.export("size", config.require_int("size"))
pulumi.export("key", config.require_secret("key"))
pulumi.export("stack", f"{pulumi.get_organization()}/{pulumi.get_project()}/{pulumi.get_stack()}")
pulumi.export("dry", pulumi.runtime.is_dry_run())
"""


@pytest.fixture(autouse=True)
def _stand_in_is_used(engine: Engine) -> None:
    if "pulumi-language-python" not in engine.stand_ins:
        pytest.skip("the engine has the official language host")


def test_program_gets_its_config_and_its_outputs_are_kept(tiny_project: Tiny) -> None:
    tiny = tiny_project(EXPORTS, {})
    tiny.pulumi("config", "set", "size", "3")
    tiny.pulumi("config", "set", "--secret", "key", "hidden-value")
    assert "hidden-value" not in tiny.pulumi("preview").stdout
    tiny.pulumi("up", "--yes")
    assert tiny.pulumi("stack", "output", "size").stdout.strip() == "3"
    assert tiny.pulumi("stack", "output", "key").stdout.strip() == "[secret]"
    assert tiny.pulumi("stack", "output", "key", "--show-secrets").stdout.strip() == "hidden-value"
    assert tiny.pulumi("stack", "output", "stack").stdout.strip() == "organization/tiny/local"
    assert tiny.pulumi("stack", "output", "dry").stdout.strip() == "false"
    assert "1 unchanged" in tiny.pulumi("preview", "--expect-no-changes").stdout
    tiny.pulumi("destroy", "--yes")


def test_modules_next_to_the_program_are_found_and_printed_text_is_shown(tiny_project: Tiny) -> None:
    tiny = tiny_project(
        "import os\nfrom beside.it import word\nprint('it says', word, 'in', os.getcwd(), __name__)",
        {"beside/it.py": "word = 'hello'"},
    )
    assert f"it says hello in {tiny.root} __main__" in tiny.pulumi("preview").stdout


def test_program_in_a_file_of_another_folder(tiny_project: Tiny) -> None:
    tiny = tiny_project(
        "raise SystemExit(3)",
        {
            "Pulumi.yaml": "name: tiny\nruntime: python\nmain: infra/program.py\n",
            "infra/program.py": "from sibling import word\nprint('main is', word)",
            "infra/sibling.py": "word = 'elsewhere'",
        },
    )
    assert "main is elsewhere" in tiny.pulumi("preview").stdout


def test_traceback_begins_at_the_users_own_code(tiny_project: Tiny) -> None:
    tiny = tiny_project("def wrong():\n    raise ValueError('this is wrong')\n\nwrong()\n", {})
    shown = tiny.pulumi("preview", code=1).stdout
    assert "Program failed with an unhandled exception" in shown
    assert "ValueError: this is wrong" in shown
    assert f'File "{tiny.root}/__main__.py", line 4' in shown
    assert "runpy" not in shown
    assert "language_host" not in shown
    assert shown.count("this is wrong") == 2  # the line and the message, once


def test_mistake_of_a_person_is_told_without_a_traceback(tiny_project: Tiny) -> None:
    tiny = tiny_project(
        "from cfaig.errors import CfaigError\nraise CfaigError('the file is empty', 'write something into it')", {}
    )
    shown = tiny.pulumi("preview", code=1).stdout
    assert "the file is empty" in shown
    assert "write something into it" in shown
    assert "Traceback" not in shown


def test_failure_after_the_program_has_ended_is_an_error(tiny_project: Tiny) -> None:
    tiny = tiny_project(
        "import pulumi\n"
        "def wrong(_):\n    raise KeyError('in-an-apply')\n"
        "pulumi.export('x', pulumi.Output.from_input(1).apply(wrong))",
        {},
    )
    assert "in-an-apply" in tiny.pulumi("preview", code=1).stdout


@pytest.mark.parametrize(("end", "code"), [("raise SystemExit", 0), ("raise SystemExit('enough')", 1)])
def test_exit_of_the_program(tiny_project: Tiny, end: str, code: int) -> None:
    shown = tiny_project(end, {}).pulumi("preview", code=code).stdout
    assert ("ended with exit code enough" in shown) == bool(code)


def test_missing_program_is_named(tiny_project: Tiny) -> None:
    tiny = tiny_project("", {})
    (tiny.root / "__main__.py").unlink()
    assert "__main__.py does not exist" in tiny.pulumi("preview", code=1).stdout


POLICY = """
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy, StackValidationPolicy

def refuse(stack, report):
    report("the stack is refused")

PolicyPack("strict", policies=[StackValidationPolicy(
    name="refusal", description="refuses", enforcement_level=EnforcementLevel.MANDATORY, validate=refuse)])
print("the pack has started")
"""


def test_policy_pack_runs_and_refuses(tiny_project: Tiny) -> None:
    tiny = tiny_project("", {"pack/PulumiPolicy.yaml": "runtime: python\n", "pack/__main__.py": POLICY})
    shown = tiny.pulumi("preview", "--policy-pack", "pack", code=1).stdout
    assert "the stack is refused" in shown
    assert "strict" in shown


def test_broken_policy_pack_shows_why(tiny_project: Tiny) -> None:
    broken = "raise RuntimeError('the pack is broken')"
    tiny = tiny_project("", {"pack/PulumiPolicy.yaml": "runtime: python\n", "pack/__main__.py": broken})
    done = tiny.pulumi("preview", "--policy-pack", "pack", code=1)
    assert "the pack is broken" in done.stdout + done.stderr


def test_interrupted_program_ends_at_once(tiny_project: Tiny) -> None:
    tiny = tiny_project("import time\nprint('it has begun', flush=True)\ntime.sleep(60)", {})
    with subprocess.Popen(
        tiny.command("preview"), cwd=tiny.root, env=tiny.env(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        shown = ""
        for line in process.stdout:
            shown += line
            if "it has begun" in line:
                break
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        shown += process.stdout.read()
        process.wait()
    assert time.monotonic() - began < 4.0  # an engine that waits for a plugin waits 5 s
    assert "Traceback" not in shown
    assert process.returncode != 0


def test_program_does_not_outlive_an_engine_that_was_killed(tiny_project: Tiny, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    tiny = tiny_project(
        f"import os, time, pathlib\npathlib.Path({str(mark)!r}).write_text(str(os.getpid()))\ntime.sleep(60)", {}
    )
    with subprocess.Popen(
        tiny.command("preview"), cwd=tiny.root, env=tiny.env(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        wait_until(lambda: mark.exists() and mark.read_text() != "")
        process.kill()
    host = int(mark.read_text())
    wait_until(lambda: not runs(host))


def test_about_names_the_python(tiny_project: Tiny) -> None:
    tiny = tiny_project("", {})
    shown = tiny.pulumi("about").stdout
    assert "This project is written in python" in shown
    assert "version='3." in shown
    assert "pulumi" in tiny.pulumi("about", "--transitive").stdout


def test_install_says_that_it_installs_nothing(tiny_project: Tiny) -> None:
    done = tiny_project("", {}).pulumi("install")
    assert "installs nothing" in done.stdout + done.stderr
