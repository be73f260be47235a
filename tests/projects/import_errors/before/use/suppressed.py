try:
    from tasks.old import Queue
finally:
    import sys
