"""`levels.yaml`: the level and the values of every policy in every environment; mistakes are told with their places."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from policies.rules import Option, Rule

LEVELS: Final = ("advisory", "mandatory", "disabled")
BUILT_IN_LEVEL: Final = "advisory"


class LevelsError(Exception):
    """Mistakes in the file, one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Setting:
    """One policy in one environment; `config` holds a value for every option of the policy."""

    level: str
    config: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the file says of one policy, in one of its sections; `None` is silence."""

    level: str | None = None
    config: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Levels:
    """The whole file; `default` holds what counts where an environment says nothing."""

    rules: tuple[Rule, ...]
    default: Mapping[str, _Entry]
    environments: Mapping[str, Mapping[str, _Entry]]

    def of(self, environment: str | None) -> dict[str, Setting]:
        """The setting of every policy in the environment."""
        own = self.environments.get(environment or "", {})
        return {rule.name: self._setting(rule, own.get(rule.name, _Entry())) for rule in self.rules}

    def _setting(self, rule: Rule, own: _Entry) -> Setting:
        default = self.default.get(rule.name, _Entry())
        built_in = {name: option.default for name, option in rule.options.items()}
        return Setting(own.level or default.level or BUILT_IN_LEVEL, {**built_in, **default.config, **own.config})


def load_levels(path: Path, rules: tuple[Rule, ...], environments: Collection[str] = ()) -> Levels:
    """Read the file; `environments` are the names that exist (none: any name will do).

    Raises LevelsError with all the mistakes in it.
    """
    try:
        document = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise LevelsError([f"{path.name}: cannot be read: {error.strerror}"]) from error
    except yaml.MarkedYAMLError as error:
        raise LevelsError([f"{_place(path.name, error.problem_mark)}: is no YAML: {error.problem}"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LevelsError([f"{path.name}: is no YAML: {' '.join(str(error).split())}"]) from error
    reader = _Reader(path.name, {rule.name: rule for rule in rules}, environments)
    levels = reader.levels(document)
    if reader.problems:
        raise LevelsError(reader.problems)
    return levels


class _Reader:
    """Turns the file's nodes into values and collects what is wrong with them."""

    def __init__(self, file: str, rules: Mapping[str, Rule], environments: Collection[str]) -> None:
        self._file = file
        self._rules = rules
        self._environments = environments
        self.problems: list[str] = []

    def levels(self, document: yaml.Node | None) -> Levels:
        default: Mapping[str, _Entry] = {}
        environments: dict[str, Mapping[str, _Entry]] = {}
        for section, _, node in self._items(document, "section", ("default", "environments")):
            if section == "default":
                default = self._section(node)
            else:
                for name, _, entries in self._items(node, "environment", self._environments):
                    environments[name] = self._section(entries)
        return Levels(tuple(self._rules.values()), default, environments)

    def _section(self, node: yaml.Node) -> dict[str, _Entry]:
        return {
            name: self._entry(self._rules[name], entry) for name, _, entry in self._items(node, "policy", self._rules)
        }

    def _entry(self, rule: Rule, node: yaml.Node) -> _Entry:
        if not isinstance(node, yaml.MappingNode):
            return _Entry(self._level(node))
        level, config = None, {}
        for key, _, value in self._items(node, f"value of policy {rule.name}", ("level", *rule.options)):
            if key == "level":
                level = self._level(value)
            else:
                config[key] = self._value(rule.options[key], key, value)
        return _Entry(level, config)

    def _level(self, node: yaml.Node) -> str | None:
        if isinstance(node, yaml.ScalarNode) and node.value in LEVELS:
            return str(node.value)
        self._complain(node, "level", _text(node), LEVELS)
        return None

    def _value(self, option: Option, name: str, node: yaml.Node) -> object:
        value = yaml.SafeLoader("").construct_object(node, deep=True)
        if problem := _problem(option, name, value):
            self.problems.append(f"{self._place(node)}: {problem}")
        return value

    def _items(
        self, node: yaml.Node | None, what: str, known: Collection[str]
    ) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """The known keys of a mapping; `known` empty allows every key."""
        if node is None or (isinstance(node, yaml.ScalarNode) and node.value == ""):
            return
        if not isinstance(node, yaml.MappingNode):
            self.problems.append(f"{self._place(node)}: write a mapping here, of {what} names")
            return
        seen: set[str] = set()
        for key, value in node.value:
            name = _text(key)
            if name in seen:
                self.problems.append(f"{self._place(key)}: {what} {name!r} is there twice")
            elif known and name not in known:
                self._complain(key, what, name, known)
            else:
                yield name, key, value
            seen.add(name)

    def _complain(self, node: yaml.Node, what: str, given: str, known: Collection[str]) -> None:
        near = difflib.get_close_matches(given, list(known), n=1)
        guess = f"; did you mean {near[0]!r}?" if near else ""
        self.problems.append(f"{self._place(node)}: unknown {what} {given!r}{guess} (known: {', '.join(known)})")

    def _place(self, node: yaml.Node) -> str:
        return _place(self._file, node.start_mark)


def _place(file: str, mark: yaml.Mark | None) -> str:
    return file if mark is None else f"{file}:{mark.line + 1}:{mark.column + 1}"


def _text(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else "a collection"


def _problem(option: Option, name: str, value: object) -> str | None:
    """What is wrong with a value, or `None`."""
    try:
        option.check(value)
    except ValueError as error:
        return f"{name}: {error}"
    return None
