def test_it_is_gone():
    try:
        from tasks.gone import Queue
    except ImportError:
        pass
    else:
        raise AssertionError("it is there")


def test_the_old_one_warns(pytest):
    with pytest.warns(DeprecationWarning):
        from tasks.old import Queue
    with pytest.raises(ImportError):
        from tasks.gone import Queue


test_it_is_gone()
