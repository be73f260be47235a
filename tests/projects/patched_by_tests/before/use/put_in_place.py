"""Some test puts another module in the place of mail.replaced."""

from mail.replaced import Quiet
