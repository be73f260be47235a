from mail.new import Quiet, Sender
