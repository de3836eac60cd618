"""What a developer reads of the API: every operation whole, by names that make a good client."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.described import faults
from wasched.api.v1.app import make_v1
from wasched.api.v1.description import example_of

Operation = tuple[str, str, dict[str, Any]]

_SCOPES = (["read"], ["send"], ["manage"], ["read", "manage"])
"""What an operation may ask of a key."""


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """The description, as it is served."""
    return make_v1().openapi()


def operations(described: dict[str, Any]) -> Iterator[Operation]:
    """Method, path and all that is said of each."""
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            yield method.upper(), path, one


def schemas(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those of the body, and of each answer."""
    for content in (one.get("requestBody", {}), *one["responses"].values()):
        for said in content.get("content", {}).values():
            yield said["schema"]


def test_every_operation_says_what_it_does_and_how_it_is_refused(
    described: dict[str, Any],
) -> None:
    ids = [one["operationId"] for _, _, one in operations(described)]

    assert len(set(ids)) == len(ids) > 20
    for method, path, one in operations(described):
        about = f"{method} {path}"
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+", one["operationId"]), about
        assert one["summary"] and one["description"] and len(one["tags"]) == 1, about
        assert {"401", "403", "404", "422", "429", "503"} <= one["responses"].keys(), about
        assert "Retry-After" in one["responses"]["429"]["headers"], about
        assert next(iter(one["security"][0].values())) in _SCOPES, about


def test_every_body_and_every_answer_has_an_example_that_fits(described: dict[str, Any]) -> None:
    for method, path, one in operations(described):
        for schema in schemas(one):
            example = example_of(described, schema)
            assert example and faults(described, schema, example, f"{method} {path}") == []


def test_what_is_made_leads_to_what_may_be_done_with_it(described: dict[str, Any]) -> None:
    links = described["paths"]["/messages"]["post"]["responses"]["201"]["links"]

    assert links["read_message"]["parameters"] == {"message": "$response.body#/messages/0/id"}
    assert links["change_schedule"]["parameters"] == {"schedule": "$response.body#/id"}
    assert "remove_person" not in links
