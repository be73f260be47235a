"""Fails to converge elsewhere, with the import added and the call unchanged."""

import flow.operators.bash

task = flow.operators.bash.BashOperator("ls")
