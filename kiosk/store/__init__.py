"""Flask-SQLAlchemy: journal, register, credentials, devices. Alone in importing sqlalchemy."""
