import box.hinge as function
import box.lid as module
from box import hinge, lid
