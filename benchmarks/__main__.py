"""``python -m benchmarks``."""

import signal

from benchmarks.command import main

# To be ended is to be interrupted: what was started is ended, too, and copies are removed.
signal.signal(signal.SIGTERM, signal.default_int_handler)
main()
