"""hysds/hysds_commons hysds_commons/action_utils.py."""


def check_passthrough_query(params):
    """Whether an action takes the query itself, and not what it finds."""
    return any(param["from"] == "passthrough" and param["name"] == "query" for param in params)
