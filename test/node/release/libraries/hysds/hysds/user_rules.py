"""Rules asked about one document: what hysds/hysds hysds/user_rules_job.py and user_rules_dataset.py share.

All rules go in one multi-search. One rule that cannot be parsed fails that request as a whole: each is asked by itself
then, so that the others still count.
"""

import json

import backoff
import elasticsearch.exceptions
import opensearchpy.exceptions

from hysds.es_util import get_mozart_es
from hysds.log_utils import logger

REQUEST_ERRORS = (elasticsearch.exceptions.RequestError, opensearchpy.exceptions.RequestError)


def is_request_error(error):
    """Whether the cluster refused the request itself (HTTP 400), below whatever was raised from that."""
    seen = []
    while error is not None and error not in seen:
        if isinstance(error, REQUEST_ERRORS):
            return True
        seen.append(error)
        error = error.__cause__ or error.__context__
    return False


patiently = backoff.on_exception(backoff.expo, Exception, max_tries=5, max_value=32, giveup=is_request_error)


@patiently
def msearch(utility, searches):
    return utility.msearch(searches, request_timeout=30)


@patiently
def search(utility, index, body, preference):
    return utility.search(index=index, body=body, request_timeout=30, preference=preference)


def search_alone(utility, header, body, preference):
    try:
        return search(utility, header["index"], body, preference)
    except Exception as error:
        return {"error": {"reason": str(error)}}


def retryable(answer):
    status = answer.get("status")
    return not (isinstance(status, int) and 400 <= status < 500 and status != 429)


def answers(utility, searches, preference):
    """An answer for each search, all from the shard copy in which the document was seen."""
    searches = [({**header, "preference": preference}, body) for header, body in searches]
    try:
        found = msearch(utility, searches)
    except Exception as error:
        if not is_request_error(error):
            raise
        logger.error("msearch was refused (%s): each rule is asked alone", error)
        return [search_alone(utility, *one, preference) for one in searches]
    return [
        search_alone(utility, *one, preference) if answer.get("error") and retryable(answer) else answer
        for one, answer in zip(searches, found)
    ]


def enabled_rules(index):
    query = {"query": {"term": {"enabled": True}}}
    return [hit["_source"] for hit in get_mozart_es().query(index=index, body=query)]


def matching(utility, rules, identity, narrowing, index_of):
    """Pairs of rule and hit: the rules whose query finds the document.

    A rule's query that is no JSON is left out; so is one that fails. The query becomes part of the rule.
    """
    candidates, searches = [], []
    for rule in rules:
        try:
            must = [json.loads(rule["query_string"]), *narrowing]
        except ValueError as error:
            logger.error("rule %s is left out: %s", rule.get("rule_name"), error)
            continue
        if rule.get("query_all", False) is False:
            must.append({"term": {"_id": identity}})
        rule["query"] = {"query": {"bool": {"must": must}}}
        rule["query_string"] = json.dumps(rule["query"])
        logger.info("rule: %s", json.dumps(rule, indent=2))
        candidates.append(rule)
        searches.append(({"index": index_of(rule)}, {**rule["query"], "size": 1}))
    if not searches:
        return []
    matched = []
    for rule, answer in zip(candidates, answers(utility, searches, identity)):
        if answer.get("error"):
            logger.error("rule %s failed for %s: %s", rule["rule_name"], identity, answer["error"])
        elif answer["hits"]["total"]["value"]:
            logger.info("rule %s matches %s", rule["rule_name"], identity)
            matched.append((rule, answer["hits"]["hits"][0]))
    return matched


def trigger_payload(hit, rule, job_name, component):
    return {
        "type": "user_rules_trigger",
        "function": "hysds_commons.job_utils.submit_mozart_job",
        "args": [hit, rule],
        "kwargs": {"job_name": job_name, "component": component},
    }
