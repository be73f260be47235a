"""Timings of ssot-lint and of other tools at the same jobs, on the same files, in the same run.

Not shipped: ``python -m benchmarks --help`` in a checkout says what there is.
"""
