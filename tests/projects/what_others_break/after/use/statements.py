"""Elsewhere, only imports in the first block are moved, and the block is restyled."""

import os
import sys
sys.path.append(os.curdir)
from flow.assets import (Asset as Dataset,
                           AssetAlias as A)
if sys.version_info > (3, 0):
    import flow.operators.bash_operator as bash
else:
    bash = None
made = Dataset("made"), A("made"), bash
