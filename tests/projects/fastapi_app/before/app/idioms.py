import asyncio
import logging
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Annotated

import httpx
from fastapi import APIRouter, Depends, FastAPI, Header, Query, WebSocket
from fastapi.security import OAuth2PasswordBearer
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel
from pydantic_settings import BaseSettings
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

log = logging.getLogger(__name__)
router = APIRouter(prefix="/rooms", tags=["rooms"])
templates = Jinja2Templates(directory="templates")
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="token")
engine = create_async_engine("sqlite+aiosqlite://")
SessionLocal = async_sessionmaker(engine)
current_user: ContextVar[str] = ContextVar("current_user")
user_lock = asyncio.Lock()
USER_ROLES = {"alice": "admin"}


class Settings(BaseSettings):
    tokens: list[str] = []


class Message(BaseModel):
    users: list[str] = []
    tags: dict[str, str] = {}

    def mention(self, user):
        self.users.append(user)


@lru_cache
def get_settings() -> Settings:
    return Settings()


class ConnectionManager:
    def __init__(self) -> None:
        self.active_connections: list[WebSocket] = []

    async def connect(self, websocket: WebSocket) -> None:
        self.active_connections.append(websocket)
        log.info("connection_id=%s", id(websocket))


class RoomService:
    def __init__(self, session) -> None:
        self.session = session


async def get_session():
    async with SessionLocal() as session:
        yield session


def get_service(session=Depends(get_session)) -> RoomService:
    return RoomService(session)


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.http = httpx.AsyncClient()
    app.state.connections = ConnectionManager()
    yield
    await app.state.http.aclose()


app = FastAPI(lifespan=lifespan)
app.include_router(router)


@router.get("/")
async def read(
    q: str = Query(None),
    token: str = Header(...),
    settings: Annotated[Settings, Depends(get_settings)] = None,
    service: RoomService = Depends(get_service),
):
    current_user.set(token)
    return {"role": USER_ROLES.get(token), "q": q}
