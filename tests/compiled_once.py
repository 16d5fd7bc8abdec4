"""What every application of a run compiles alike: each test makes an application of its own."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class _KeptTemplates(BytecodeCache):
    """Jinja asks whether a template has changed before it takes what is kept."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


_KEPT: dict[object, Callable[..., Any]] = {}
_TEMPLATES = _KeptTemplates()


class _KeptRule(Rule):
    """A rule whose builder of addresses is compiled once. Werkzeug binds it to the rule after."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Any]:
        key = (self.rule, repr(self.defaults), tuple(self._trace), append_unknown)
        if key not in _KEPT:
            _KEPT[key] = super()._compile_builder(append_unknown)
        return _KEPT[key]


def compile_once() -> None:
    """From now on no application compiles what another one did."""
    Flask.url_rule_class = _KeptRule
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _TEMPLATES}
