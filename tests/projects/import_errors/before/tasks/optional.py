import a_library_that_is_not_there

from tasks.new import Queue
