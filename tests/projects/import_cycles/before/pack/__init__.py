from pack.first import First
from pack.home import Gem
from pack.last import Last
