import time

from hysds.celery import app


@app.task(bind=True)
def echo(self, value):
    """Which queue this came by, and what came."""
    return {"queue": self.request.delivery_info["routing_key"], "value": value}


@app.task
def clock():
    """When it ran."""
    return time.time()
