"""Reading YAML the strict way.

- A key written twice is refused.
- Only `true` and `false` are booleans (YAML 1.2): `N`, `no` and `on` are words.
"""

import re
from collections.abc import Hashable
from typing import Any

import yaml

YamlInvalid = yaml.YAMLError


_Safe = (
    yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
)  # the same loader, in C where it is there


class _Strict(_Safe):  # type: ignore[misc, valid-type]
    """A safe loader that refuses a key written twice; only `true` and `false` are booleans (YAML 1.2)."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the loader's own form
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        keys = [self.construct_object(key) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.YAMLError(
                f"written twice: {', '.join(sorted(twice))} (line {node.start_mark.line + 1})"
            )
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


_Strict.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_yaml(text: str) -> Any:
    """Return what the text says; raises `YamlInvalid`. Whoever calls checks the form."""
    return yaml.load(text, Loader=_Strict)  # noqa: S506 - a SafeLoader
