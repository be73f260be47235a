import uuid
from functools import lru_cache

from fastapi import APIRouter, Depends, FastAPI, WebSocket

router = APIRouter()
app = FastAPI()
rooms: dict[str, list[WebSocket]] = {}
current_user = None


class ConnectionManager:
    active_connections: list[WebSocket] = []

    async def connect(self, websocket: WebSocket, client_id: str) -> None:
        self.active_connections.append(websocket)
        rooms.setdefault(client_id, []).append(websocket)


class SessionService:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance


class UserContext:
    def __init__(self, user_id, shared=None): ...


manager = ConnectionManager()
app.state.sessions = SessionService()
seen = []


@lru_cache
def get_manager() -> ConnectionManager:
    return ConnectionManager()


@lru_cache(maxsize=1000)
def profile(user_id: str) -> dict:
    return {"id": user_id}


@router.websocket("/ws")
async def endpoint(websocket: WebSocket, service=SessionService(), connections=Depends(get_manager)):
    global current_user
    user = await connections.authenticate(websocket)
    context = UserContext(user_id=f"ws_{id(websocket)}", shared=seen)
    remember(user)
    return context


def remember(user, messages=[]):
    global current_user
    current_user = user
    messages.append(user)


def fallback(message, user_id=None):
    user_id = user_id or f"legacy_{uuid.uuid4()}"
    return UserContext("admin") if user_id == "system" else UserContext(user_id)
