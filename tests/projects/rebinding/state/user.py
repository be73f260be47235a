from state.lazy import _instance, Alias, Constant
