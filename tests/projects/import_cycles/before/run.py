import importlib
import subprocess
import sys

MODULES = ["ring.at_the_top", "ring.in_a_function", "ring.by_the_shim", "ring.plain", "ring.late", "ring.home"]
MODULES += ["ring.used_by_home", "pack", "pack.first", "pack.last", "pack.home", "outside"]
if len(sys.argv) > 1:
    module = importlib.import_module(sys.argv[1])
    gem = getattr(module, "gem", None)
    print(sys.argv[1], type(gem()).__name__ if gem else getattr(module, "Gem", None))
else:
    for name in MODULES:
        done = subprocess.run([sys.executable, "-B", __file__, name], capture_output=True, text=True)
        print(done.stdout or done.stderr.splitlines()[-1])
