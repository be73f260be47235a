from mail.new import Box
