import tests.test_mail

for name, test in vars(tests.test_mail).items():
    if name.startswith("test_") and name != "test_beyond":
        test()
        print(name)
