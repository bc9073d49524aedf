#!/usr/bin/env bash
# Tells a Pact broker of the pact and of its releases. Without PACT_BROKER_BASE_URL it says so and does nothing.
# PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD, come from the environment.
set -euo pipefail
cd "$(dirname "$0")"

usage='broker.sh publish|can-i-deploy|record-release VERSION [BRANCH or ENVIRONMENT, default main or production]'
[ $# -ge 2 ] || { echo "Usage: $usage" >&2; exit 2; }
if [ -z "${PACT_BROKER_BASE_URL:-}" ]; then
  echo "PACT_BROKER_BASE_URL is not set: no broker is told ($1)."
  exit 0
fi

pact_broker=node_modules/.bin/pact-broker
client=(--pacticipant hood-exports-client --version "$2")
case "$1" in
  publish) "$pact_broker" publish pacts --consumer-app-version "$2" --branch "${3:-main}" ;;
  can-i-deploy) "$pact_broker" can-i-deploy "${client[@]}" --to-environment "${3:-production}" ;;
  record-release) "$pact_broker" record-release "${client[@]}" --environment "${3:-production}" ;;
  *)
    echo "\"$1\" is no command of broker.sh. Usage: $usage" >&2
    exit 2
    ;;
esac
