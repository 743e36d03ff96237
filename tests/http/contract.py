"""Holds an HTTP answer to openapi.yaml: `contract.check(method, path, status, headers, body)`.

Stricter than the document for clients: a member that no schema names is an error here, so that nothing
is served that is not written down.
"""
import json
import os
import re

import jsonschema
import yaml

TOP = os.environ.get("ONRECORD_TOP") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
EMPTY = {204, 304}


def strict(schema):
    """Forbids, in place, members that are not listed, wherever members are listed."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            schema.setdefault("additionalProperties", False)
        for part in schema.values():
            strict(part)
    elif isinstance(schema, list):
        for part in schema:
            strict(part)
    return schema


with open(os.path.join(TOP, "openapi.yaml"), encoding="utf-8") as text:
    DOCUMENT = yaml.safe_load(text)
strict(DOCUMENT["components"])
RESOLVER = jsonschema.RefResolver("", DOCUMENT)


def resolve(node):
    return RESOLVER.resolve(node["$ref"])[1] if "$ref" in node else node


def validate(value, schema, what):
    errors = jsonschema.Draft202012Validator(schema, resolver=RESOLVER).iter_errors(value)
    worst = jsonschema.exceptions.best_match(errors)
    if worst:
        where = "/".join(map(str, worst.absolute_path))
        raise AssertionError(f"{what} breaks openapi.yaml at /{where}: {worst.message}")


def validate_schema(value, name):
    """Holds `value` to a schema of the document by its name."""
    validate(value, {"$ref": f"#/components/schemas/{name}"}, name)


def response_for(method, path, status):
    """The response object of the document, or AssertionError where it has none."""
    operations = DOCUMENT["paths"].get(path)
    if operations is None:  # nothing is served there: the common problem document
        assert status >= 400, f"{path} is not in openapi.yaml, but was answered {status}"
        return resolve({"$ref": "#/components/responses/Problem"})
    operation = operations.get("get" if method == "HEAD" else method.lower())
    if operation is None:
        assert status in (400, 405), f"{method} {path} is not in openapi.yaml, but was answered {status}"
        return resolve({"$ref": "#/components/responses/Problem"})
    responses = operation["responses"]
    found = responses.get(str(status)) or responses.get(f"{status // 100}XX")
    assert found, f"openapi.yaml has no {status} for {method} {path}"
    return resolve(found)


def check_headers(response, headers, what):
    for name, header in response.get("headers", {}).items():
        header = resolve(header)
        value = headers.get(name.lower())
        if value is None:
            assert not header.get("required"), f"{what} has no {name} header"
        else:
            validate(value, header["schema"], f"{what}, header {name}")


def check_problem(problem, status, headers, what):
    assert problem["status"] == status, f"{what}: the body says status {problem['status']}"
    assert problem.get("request_id", headers.get("x-request-id")) == headers.get("x-request-id"), what


def check(method, target, status, headers, body):
    """`headers`: names in lower case; `body`: bytes, as sent before compression. Returns the parsed JSON, or None."""
    path = target.split("?")[0]
    what = f"{method} {path} {status}"
    if method == "OPTIONS":
        assert status == 204 or status >= 400, what
        return None
    response = response_for(method, path, status)
    check_headers(response, headers, what)
    if method == "HEAD" or status in EMPTY:
        assert not body, f"{what} has a body"
        return None
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    content = response.get("content", {})
    assert kind in content, f"{what}: content type {kind!r} is not in openapi.yaml"
    if not re.search(r"[/+]json$", kind):
        return None
    value = json.loads(body.decode("utf-8"))
    validate(value, content[kind]["schema"], what)
    if kind == "application/problem+json":
        check_problem(value, status, headers, what)
    return value
