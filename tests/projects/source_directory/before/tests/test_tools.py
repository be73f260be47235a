from tools.hammer import hit
from tools.saw import cut
