"""Whatever a program sends, the API answers as its own description says, and never with a 5xx."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from tests.applications import make_app

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
OPERATIONS = [
    ("POST", "/shl/{address}"),
    ("GET", "/shl/{address}"),
    ("GET", "/shl/files/{address}"),
    ("POST", "/shl/replies"),
    ("POST", "/shl/thanks"),
    ("POST", "/api/trusts/v1/token"),
    ("GET", "/api/trusts/v1/grants"),
]
# A location takes any text, so nothing wrong can be sent there.
FUZZED = [
    (*operation, mode)
    for operation in OPERATIONS
    for mode in GenerationMode
    if (operation[1], mode) != ("/shl/files/{address}", GenerationMode.NEGATIVE)
]


@pytest.fixture(scope="module")
def description(tmp_path_factory):
    app = make_app(tmp_path_factory.mktemp("fuzzed"))
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


def test_every_operation_is_fuzzed(description):
    found = {(o.ok().method.upper(), o.ok().path) for o in description.get_all_operations()}
    assert found == set(OPERATIONS)


@pytest.mark.parametrize(("method", "path", "mode"), FUZZED)
def test_the_api_keeps_to_its_description(method, path, mode, description):
    cases = description[path][method].as_strategy(generation_mode=mode)

    @given(case=cases)
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
        phases=[Phase.generate],
    )
    def holds(case: Case) -> None:
        answer = case.call()
        assert "Traceback" not in answer.text
        case.validate_response(answer, checks=CHECKS)

    holds()
