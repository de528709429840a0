"""Values of a job's parameters: the wiring of a hysds-io, in hysds/hysds_commons hysds_commons/job_utils.py."""

import functools
import json


def process_xpath(path, document):
    """The value at a dotted path; numbers are places in lists. None where there is nothing."""
    value = document
    for part in path.replace("xpath.", "").split("."):
        if value is None or part == "":
            break
        if part.lstrip("-").isdigit() and not isinstance(value, dict):
            value = value[int(part)] if int(part) < len(value) else None
        else:
            value = value.get(part)
    return value


def found_value(wire, kwargs, rule, product):
    """The value that a wire names: fixed, the submitter's, the rule's, or of the document that matched."""
    if "value" in wire:
        return wire["value"]
    source, name = wire.get("from", "unknown"), wire.get("name", "unknown")
    value = wire.get("default")
    if source == "submitter":
        value = kwargs.get(name, value)
    elif source == "passthrough" and rule is not None:
        value = rule.get(name)
    elif source.startswith("dataset_jpath:") and product is not None:
        value = process_xpath(source.split(":")[1], product)
    if value is None and wire.get("optional", False):
        return ""
    if value is None and product is not None and rule is not None:
        raise RuntimeError(f"no value for {name} from {source}")
    return value


def converted(wire, value):
    """The value as its declared type, then through the wire's lambda."""
    kind = wire.get("type", "text")
    if wire.get("optional", False) and value.strip() == "":
        value = value.strip()
    elif kind == "number":
        value = float(value)
    elif kind == "boolean":
        value = value.lower() == "true"
    elif kind == "region":
        value = json.loads(value)
    if "lambda" in wire:
        value = eval(wire["lambda"], {"functools": functools}, {})(value)
    return value


def submission_params(wiring, kwargs, rule, products):
    """Parameters for one document (a dictionary), or for many at once: lists of what each has."""
    single = isinstance(products, dict)
    params = {}
    for product in [products] if single else products or []:
        for wire in wiring["params"]:
            name = wire["name"]
            if not single and wire["from"].startswith("dataset_jpath:"):
                value = converted(wire, found_value(wire, kwargs, rule, product))
                params.setdefault(name, []).append(value)
            elif name not in params:
                params[name] = converted(wire, found_value(wire, kwargs, rule, product))
    return params


def to_localize(value):
    """What a job downloads for a parameter of destination `localize`, flattened."""
    if isinstance(value, str):
        return [{"url": value}]
    if isinstance(value, dict):
        if value.get("url") is None:
            raise ValueError(f"{value} has no url to localize")
        return [value]
    return [each for one in value for each in to_localize(one)]


def quoted(value):
    """A positional argument for shlex.split."""
    text = value if isinstance(value, str) else json.dumps(value)
    return "'" + text.replace("'", "'\"'\"'") + "'"
