from mail.new import Loud, Quiet, Sender
