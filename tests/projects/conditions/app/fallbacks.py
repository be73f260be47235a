try:
    from app.real import Engine
except ImportError:
    Engine = None

try:
    from fastengine import Motor
except ImportError:
    from app.real import Motor

try:
    from app.real import Engine as SameEngine
except ImportError:
    from app.real import Engine as SameEngine

try:
    from app.gone import Engine as OnlyFallback
except ImportError:
    from app.real import Engine as OnlyFallback

try:
    from app.real import Engine as Guarded
except ImportError:
    pass

try:
    import fastengine
    from app.real import Engine as AfterAnother
except ImportError:
    pass

try:
    from app.gone import Engine as GuardedGone
except ImportError:
    pass

try:
    from app.real import Engine as OrRaise
except ImportError:
    raise

try:
    from app.real import Engine as OrExit
except ImportError as error:
    import sys

    sys.exit(str(error))

try:
    pass
finally:
    from app.real import Engine as Finally

try:
    import fastengine

    raise ImportError
except ImportError:
    from app.real import Engine as AfterRaise
else:
    AfterRaise = None
