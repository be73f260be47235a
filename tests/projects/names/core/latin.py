from core.engine import ﬁnd as Ligature
from core.engine import Ｍotor as Wide
