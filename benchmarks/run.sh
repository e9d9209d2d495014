#!/usr/bin/env bash
# Measure accord beside its peers, all in one alternating run; every figure is a ratio.
#
# The peers live in environments of their own, made here once and kept in build/bench.
#   CASES_SMALL, CASES_LARGE   size of the two registers compared (10000 and 1000000)
set -euo pipefail
cd "$(dirname "$0")/.."
home=build/bench
python=.venv/bin/python
mkdir -p "$home"
peer() { # name, packages: an environment made once
  [ -x "$home/$1/bin/python" ] && return
  "$python" -m venv "$home/$1"
  "$home/$1/bin/python" -m pip install --quiet --quiet --disable-pip-version-check "${@:2}"
}
peer django 'django>=4.2,<6' 'django-fsm-2' 'django-fsm-log'
peer spiff SpiffWorkflow
exec "$python" benchmarks/compare.py "$home"
