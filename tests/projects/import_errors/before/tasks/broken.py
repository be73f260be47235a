from tasks.nowhere import nothing
from tasks.new import Queue
