"""Job creators: hysds/hysds scripts/job_creators/utils.py. Only those that rendered files name are here."""


def get_job_json(info, job_type):
    """The job of every type without a creator of its own."""
    return {"type": job_type, "params": info, "localize_urls": info.get("localize_urls", [])}


def import_prov_es(info):
    """The job that stores the provenance of a dataset, found by its first S3 URL or its first URL."""
    hit, rule = info["rule_hit"], info["rule"]
    urls = hit["_source"]["urls"]
    in_s3 = [url for url in urls if url.startswith("s3")]
    params = {
        "index": hit["_index"],
        "doctype": hit["_type"],
        "id": info["objectid"],
        "prod_url": (in_s3 or urls or [None])[0],
        "rule_name": rule["rule_name"],
        "username": rule["username"],
    }
    return {
        "type": "import_prov_es",
        "name": "action-import_prov_es",
        "tag": params["rule_name"],
        "username": params["username"],
        "params": params,
        "localize_urls": [],
    }
