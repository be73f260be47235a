"""What the kinds share: the proof that a rewrite keeps its meaning, and the edits that do it.

Every function gives a `Fix`, or the `Refusal` that says why there is none.
"""
