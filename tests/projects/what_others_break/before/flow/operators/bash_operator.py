"""Moved to flow.operators.bash."""

from flow.operators.bash import BashOperator
