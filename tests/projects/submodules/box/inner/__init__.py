from .. import lid as cover
from ..screw import Screw as Bolt
from ... import beyond
