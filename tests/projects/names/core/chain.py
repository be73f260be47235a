from core.shims import Drive as Link

Collapsed = Link
