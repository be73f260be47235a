import json


class Queue: ...
