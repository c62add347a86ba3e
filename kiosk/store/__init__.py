"""Flask-SQLAlchemy: the journal, the register of people, credentials and devices. The only package that imports sqlalchemy."""
