#!/bin/sh
# Lints openapi.yaml with the linter that tools/setup.sh installed.
cd "$(dirname "$0")/../.."
exec node tests/openapi/lint.js openapi.yaml
