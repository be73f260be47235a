from state.tools import Tool

_instance = None
declared: Tool
Alias = Tool
Snapshot = _instance


def get():
    global _instance, declared, made_inside
    if _instance is None:
        _instance = Tool()
    declared = made_inside = _instance
    return _instance


def swap():
    global Alias, imported
    Alias = Tool
    from state.tools import Tool as imported


def only_reads():
    global Constant
    return Constant


Constant = Tool
