"""The projects have tests of their own, which are none of ours."""

collect_ignore_glob = ["*"]
