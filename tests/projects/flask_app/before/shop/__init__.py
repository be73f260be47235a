from celery import Celery
from flask import Flask
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
login_manager = LoginManager()
celery = Celery("shop")


def create_app():
    app = Flask(__name__)
    db.init_app(app)
    login_manager.init_app(app)
    return app


app = create_app()
