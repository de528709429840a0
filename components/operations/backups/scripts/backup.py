"""Takes, lists and restores the backups of one store of HySDS: of which, and how to reach it, says store.json.

The last line of its output is JSON: the answer, for programs. It ends with 1 when the store or the place of its
backups refused something or did not answer, after naming what.
"""

import argparse
import datetime
import importlib
import json
import pathlib
import sys

import failure


def name_of(store, now):
    """The second of the backup, or the next that has none: a backup never takes the place of another."""
    there = {backup["name"] for backup in store.list()}
    while (name := now.strftime("hysds-%Y%m%d-%H%M%S")) in there:
        now += datetime.timedelta(seconds=1)
    return name


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("take", help="take a backup, and remove those that are older than they are kept")
    actions.add_parser("list", help="name the backups there are")
    fetch = actions.add_parser("fetch", help="copy a backup from where it is kept to where its server reads it")
    fetch.add_argument("name")
    restore = actions.add_parser("restore", help="put a backup into the store")
    restore.add_argument("name")
    restore.add_argument("--dry-run", action="store_true", help="only say what would be overwritten")
    restore.add_argument("--indices", default="*,-.*", help="search: which indices (default: all that have no dot)")
    restore.add_argument("--in-place", action="store_true", help="search: over the indices of the same names")
    restore.add_argument("--from-host", help="Redis: a server that has read the backup")
    return parser.parse_args()


def run(store, given):
    if given.action == "take":
        now = datetime.datetime.now(datetime.timezone.utc)
        oldest = now - datetime.timedelta(days=store.definition["retentionDays"])
        taken = store.take(name_of(store, now))
        return {"taken": taken, "removed": store.prune(oldest)}
    if given.action == "list":
        return {"backups": store.list()}
    if given.action == "fetch":
        store.fetch(given.name)
        return {"fetched": given.name}
    if given.dry_run:
        return {"overwrites": store.overwrites(given.name, given)}
    return {"restored": store.restore(given.name, given)}


def main():
    given = arguments()
    definition = json.loads((pathlib.Path(__file__).parent / "store.json").read_text())
    store = importlib.import_module(f"{definition['kind']}_store").open_store(definition)
    try:
        answer = run(store, given)
    except failure.Failure as failed:
        sys.exit(str(failed))
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
