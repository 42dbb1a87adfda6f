"""Asks every operation of the API what its description allows and what it forbids, as everybody, and holds every
answer against the description. tests/attacks/schema.rs starts the server and judges what is printed here.

What it is told comes as JSON on standard input: where the server is, who there is and what they sign in with, names
of things that there are, whole requests that fit, how many more are to be made up, and the seed of chance.
"""

import json
import sys
import warnings
from collections import Counter
from http.cookiejar import DefaultCookiePolicy

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode

warnings.simplefilter("ignore")

# They end what whoever asks has signed in with: each needs somebody who can spare it.
ENDS_THE_SESSION = ["DELETE /api/v1/session"]
ENDS_OTHERS = ["PUT /api/v1/session/password", "DELETE /api/v1/sessions"]
# What takes things away comes after what needs them.
LATE = [
    "POST /api/v1/cases/{case}/erasure",
    "DELETE /api/v1/sessions/{session}",
    "POST /api/v1/members/{member}/invitation",
    "DELETE /api/v1/members/{member}",
    *ENDS_THE_SESSION,
    *ENDS_OTHERS,
]

ALWAYS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
WHERE_WRONG = [*ALWAYS, checks.negative_data_rejection]

world = json.load(sys.stdin)
base = world["base"]
told = {"answers": {}, "failures": [], "sent": 0}
seen = set()
session = requests.Session()
session.trust_env = False
# What signing in sets is not to come along with what is asked as somebody else.
session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))


def credentials(label, role):
    """What a role signs a request with."""
    if role == "nobody":
        return {}
    spare = world["people"][role]["spare"]
    if label in ENDS_THE_SESSION:
        return spare.pop(0) if len(spare) > 1 else {}
    if label in ENDS_OTHERS:
        return spare[-1]
    return world["people"][role]["headers"]


def version_of(path):
    answer = session.get(base + path, headers=world["people"]["caseworker"]["headers"], timeout=60)
    return answer.headers.get("ETag", '"1"')


def send(case, label, wrong):
    """Sends a case as everybody, and looks at each answer."""
    for role in ["nobody", *world["people"]]:
        headers = {**credentials(label, role), "Accept-Language": world["languages"].get(role, "en")}
        told["sent"] += 1
        answer = case.call(base_url=base, session=session, headers=headers, timeout=60)
        answers = told["answers"].setdefault(label, {}).setdefault(role, Counter())
        answers[str(answer.status_code)] += 1
        try:
            case.validate_response(answer, checks=WHERE_WRONG if wrong else ALWAYS, headers=headers)
        except FailureGroup as group:
            for failure in group.exceptions:
                note(label, role, case, answer, failure)
        except Failure as failure:
            note(label, role, case, answer, failure)


def note(label, role, case, answer, failure):
    key = (label, answer.status_code, type(failure).__name__, failure.message[:60])
    if key in seen:
        return
    seen.add(key)
    sent = {"path": case.path_parameters, "query": case.query, "headers": dict(case.headers or {}), "body": case.body}
    told["failures"].append(
        f"{label} as {role}: {answer.status_code}, {failure.title}: {failure.message[:1200]}\n"
        f"  sent {str(sent)[:1200]}\n  got {answer.content[:600]!r}"
    )


def names_what_there_is(case):
    """Puts names of things that there are in the place of made-up ones."""
    for name in case.path_parameters or {}:
        known = world["names"].get(name)
        if known:
            case.path_parameters[name] = known[told["sent"] % len(known)]


def made_up(operation, mode, number):
    is_wrong = mode == GenerationMode.NEGATIVE

    @seed(world["seed"])
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        if not is_wrong and told["sent"] % 2 == 0:
            names_what_there_is(case)
        # A parameter without a value counts as one that was not given, which need not be wrong.
        is_given = "" not in (case.query or {}).values()
        send(case, operation.label, is_wrong and is_given)

    try:
        ask()
    except Exception as error:  # noqa: BLE001: some operations cannot be asked anything wrong
        if type(error).__name__ not in ("Unsatisfiable", "SkipTest"):
            raise


def main():
    schema = schemathesis.openapi.from_dict(requests.get(base + "/api/v1/openapi.json", timeout=60).json())
    operations = [result.ok() for result in schema.get_all_operations()]
    operations.sort(key=lambda operation: LATE.index(operation.label) if operation.label in LATE else -1)
    for operation in operations:
        told["answers"].setdefault(operation.label, {})
        for ready in world["ready"].get(operation.label, []):
            headers = dict(ready.get("headers", {}))
            if "seen" in ready:
                headers["If-Match"] = version_of(ready["seen"])
            fitting = {"path_parameters": ready.get("path", {}), "headers": headers, "query": ready.get("query", {})}
            if "body" in ready:
                fitting |= {"body": ready["body"], "media_type": "application/json"}
            send(operation.Case(**fitting), operation.label, False)
        made_up(operation, GenerationMode.POSITIVE, world["examples"])
        made_up(operation, GenerationMode.NEGATIVE, world["examples"])
    json.dump(told, sys.stdout)


main()
