from app.voices import shout
