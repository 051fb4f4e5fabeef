"""The page of the REST API: every route with who may use it, what it takes and what it answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.app import DESCRIPTION, described_app, routes_of
from api.problems import KINDS
from api.security.access import PUBLIC, roles_of
from attendance.domain.steps.machine import plain
from docs.generator import Page, code, table

Schema = Mapping[str, Any]


def pages() -> Iterator[Page]:
    """Yield the page."""
    yield Page("rest-api.md", "REST API", tuple(_lines(described_app())))


def _lines(app: FastAPI) -> Iterator[str]:
    described = app.openapi()
    yield from (*DESCRIPTION.strip().splitlines(), "")
    yield f"The same as OpenAPI: {code('GET /api/v1/openapi.json')}."
    yield ""
    tags: dict[str, list[APIRoute]] = {}
    for route in routes_of(app):
        if route.include_in_schema:
            tags.setdefault(str(route.tags[0]), []).append(route)
    for tag, routes in tags.items():
        yield from (f"## {tag.capitalize()}", "")
        for route in routes:
            yield from _route(route, described)
    yield from _problems()
    yield from _schemas(described["components"]["schemas"])


def _route(route: APIRoute, described: Schema) -> Iterator[str]:
    method = next(iter(route.methods))
    operation = described["paths"][route.path][method.lower()]
    yield from (f"### {method} {route.path}", "", operation.get("description", ""), "")
    yield f"- Open to: {_roles(route.name)}"
    for parameter in operation.get("parameters", ()):
        must = "" if parameter["required"] else ", may be left out"
        says = parameter.get("description", "")
        yield f"- {code(parameter['name'])} in the {parameter['in']}{must}. {says}".rstrip()
    for media_type, body in operation.get("requestBody", {}).get("content", {}).items():
        yield f"- Takes {_type(body['schema'])} as {code(media_type)}"
    for status, answer in operation["responses"].items():
        content = ", ".join(_type(said["schema"]) for said in answer.get("content", {}).values())
        if status.startswith("2"):
            yield f"- Answers {status}: {content}"
    yield ""


def _roles(name: str) -> str:
    if name in PUBLIC:
        return "everybody, without an account"
    return ", ".join(plain(role.value) for role in sorted(roles_of(name)))


def _problems() -> Iterator[str]:
    yield from ("## Problems", "", "Every error is problem details (RFC 9457) with one of these kinds.", "")
    yield from table(
        ("Kind", "Status", "Title", "Meaning"),
        ((code(name), str(kind.status.value), kind.title, kind.meaning) for name, kind in KINDS.items()),
    )
    yield ""


def _schemas(schemas: Schema) -> Iterator[str]:
    yield from ("## What is sent and answered", "")
    for name, schema in sorted(schemas.items()):
        yield from (f"### {name}", "", *schema.get("description", "").splitlines(), "")
        if "enum" in schema:
            yield from (f"One of {', '.join(code(str(value)) for value in schema['enum'])}.", "")
        if "properties" in schema:
            yield from _fields(schema)


def _fields(schema: Schema) -> Iterator[str]:
    needed = schema.get("required", ())
    yield from table(
        ("Field", "Type", "Needed", "What it is"),
        (
            (code(name), _type(field), "yes" if name in needed else "no", field.get("description", ""))
            for name, field in schema["properties"].items()
        ),
    )
    yield ""


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or schema.get("const") or "anything")
