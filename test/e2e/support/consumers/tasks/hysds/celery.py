from celery import Celery

app = Celery("hysds")
app.config_from_object("celeryconfig")
