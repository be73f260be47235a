"""Fails to converge elsewhere, with the import added and the call unchanged."""

import flow.operators.bash_operator

task = flow.operators.bash_operator.BashOperator("ls")
