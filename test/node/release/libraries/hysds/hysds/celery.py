"""The Celery application, configured by module `celeryconfig`: hysds/hysds hysds/celery.py."""

from celery import Celery

app = Celery("hysds")
app.config_from_object("celeryconfig")
