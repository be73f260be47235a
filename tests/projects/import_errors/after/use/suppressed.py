try:
    from tasks.new import Queue
finally:
    import sys
