"""Engine = Motor in prose, Engine or Motor."""
from core.engine import Motor
from core.engine import Other as Unrelated

# Comment = Motor
instance = Motor()
text = "Motor"
values = {"Motor": 1}
Module_Motor = 1
same = Motor is None
member = Motor.__name__
Motor = None
