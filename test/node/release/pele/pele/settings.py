"""Defaults by environment: hysds/pele pele/settings.py."""

import os

DATA = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "data"))


class ProductionConfig:
    SECRET_KEY = "secret key"
    ES_URL = "http://127.0.0.1:9200"
    SQLALCHEMY_DATABASE_URI = f"sqlite:///{os.path.join(DATA, 'app-production.sqlite')}"
    SQLALCHEMY_TRACK_MODIFICATIONS = False
    CACHE_TYPE = "null"
