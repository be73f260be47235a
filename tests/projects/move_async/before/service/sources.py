async def silent():
    return None


async def talking():
    return "hello"
