#!/usr/bin/env python3
"""Makes the stores and documents of this folder with an executable: make.py EXECUTABLE [sqlite|postgres ...]

Needs root on Linux (commands run as several persons: unshare, setpriv), and PostgreSQL's programs for 'postgres'.
Takes about five minutes for each store, because a run with an unknown outcome waits for what may still land.
"""
import datetime, glob, json, os, pathlib, shutil, socket, subprocess, sys, tempfile, time, urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TENANT = "5a17b0c5-0000-4000-8000-00000000f1c5"
PLANNER, APPROVER = "daemon", "backup"
CREATE = {"kind": "phone.create"}


def number(block, n):
    return f"+1 20655{block:02d}{n:03d}"


def user(name, block=None, n=0, **more):
    seed = {"userPrincipalName": f"{name}@contoso.com", "displayName": name.capitalize(), **more}
    if block is not None:
        seed["phones"] = {"mobile": number(block, n)}
    return seed


SEED = {
    "tenantId": TENANT,
    "users": [
        *[user(f"first{n}", 1, n) for n in range(3)], user("bad0", 1, 8), user("equal0", 1, 9), user("drift0"), user("admin0", 1, 10, isAdmin=True),
        *[user(f"unknown{n}", 2, n) for n in range(2)], *[user(f"limit{n}", 3, n) for n in range(5)], *[user(f"kill{n}", 4, n) for n in range(6)],
        *[{**user(f"approved{n}"), "phones": {"mobile": number(5, n), "office": number(6, n)}} for n in range(3)],
        user("undone0", 7, 0), user("undone1", 7, 1), user("one0", 8, 0), user("one1", 8, 1),
        *[user(f"refused{n}", 9, n) for n in range(6)],
        *[{**user(f"pending{n}"), "phones": {"mobile": number(10, n), "office": number(11, n)}} for n in range(3)],
        {**user("pending3"), "methods": [{"kind": "microsoftAuthenticator", "displayName": "Phone of Pending"}, {"kind": "fido2", "displayName": "Key"}]},
    ],
}
FAULTS = {
    "rules": [
        {"match": {**CREATE, "user": "bad0@contoso.com"}, "every": 1, "count": 999, "then": {"answer": {"status": 400, "code": "badRequest"}}},
        {"match": {**CREATE, "user": "unknown0@contoso.com"}, "every": 1, "count": 999, "then": {"answer": {"status": 503}}},
        {"match": {**CREATE, "user": "kill2@contoso.com"}, "nth": 1, "then": {"hang": "after"}},
        *[{"match": {**CREATE, "user": f"refused{n}@contoso.com"}, "every": 1, "count": 999, "then": {"answer": {"status": 403}}} for n in range(6)],
    ],
}
SOURCES = {
    "first.csv": "user,mobile,office,email\n" + "".join(f"first{n}@contoso.com,{number(21, n)},{number(22, n)},first{n}@example.org\n" for n in range(3))
    + f"bad0@contoso.com,,{number(22, 8)},\nequal0@contoso.com,{number(1, 9)},,\ndrift0@contoso.com,{number(21, 7)},,\nadmin0@contoso.com,{number(21, 10)},,\n"
    + f"absent0@contoso.com,{number(21, 11)},,\nfirst2@contoso.com,12,,\n",
    "unknown.csv": "user,office\n" + "".join(f"unknown{n}@contoso.com,{number(23, n)}\n" for n in range(2)),
    "limit.csv": "user,phones\n" + "".join(f"limit{n}@contoso.com,{number(24, n)}:mobile;{number(25, n)}:office\n" for n in range(5)),
    "kill.csv": "user,phones\n" + "".join(f"kill{n}@contoso.com,{number(26, n)}:mobile;{number(27, n)}:office\n" for n in range(6)),
    "approved.csv": "user,office\n" + "".join(f"approved{n}@contoso.com,none\n" for n in range(3)),
    "undone.csv": "user,office\n" + "".join(f"undone{n}@contoso.com,{number(28, n)}\n" for n in range(2)),
    "refused.csv": "user,office\n" + "".join(f"refused{n}@contoso.com,{number(29, n)}\n" for n in range(6)),
    "probe.csv": f"user,alternateMobile\nequal0@contoso.com,{number(30, 0)}\n",
    "pending.csv": "user,phones,remove\n" + "".join(f"pending{n}@contoso.com,{number(31, n)}:mobile,\n" for n in range(3)) + f"pending3@contoso.com,{number(31, 3)}:mobile,fido2\n",
}


class Desk:
    """A folder where commands run as persons of the machine 'desk'."""

    def __init__(self, program, store):
        self.program, self.folder = program, pathlib.Path(tempfile.mkdtemp(prefix="fixtures-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        for name, text in SOURCES.items():
            (self.folder / name).write_text(text)
        (self.folder / "seed.json").write_text(json.dumps(SEED))
        (self.folder / "faults.json").write_text(json.dumps(FAULTS))
        (self.folder / "settings.json").write_text(json.dumps({
            "DefaultTenant": "contoso", "Store": store, "Audit": {"HeadFile": "heads.ndjson"},
            "Tenants": {"contoso": {
                "Kind": "Graph", "TenantId": TENANT, "Endpoint": f"http://127.0.0.1:{self.port}", "Credential": {"Kind": "StaticToken", "Token": "rehearsal"},
                "RequireApproval": "Deletes", "RequestTimeout": "00:00:10", "LeaseDuration": "00:00:30", "Quota": {"MaxInFlight": 2}, "Guardrails": {"MaxUpdates": "none"}}}}))
        self.sandbox = subprocess.Popen(
            [program, "sandbox", "--urls", f"http://127.0.0.1:{self.port}", "--seed", "seed.json", "--faults", "faults.json"], cwd=self.folder, stdout=subprocess.PIPE, text=True)
        print(self.sandbox.stdout.readline().strip())

    def start(self, person, *words):
        subprocess.run(["chown", "-R", person, str(self.folder)], check=True)
        account = subprocess.run(["id", "-u", person], check=True, capture_output=True, text=True).stdout.strip()
        line = ["unshare", "--uts", "sh", "-c", f'hostname desk && exec setpriv --reuid {account} --clear-groups "$@"', "sh", self.program, *words]
        if "--config" not in words:
            line += ["--config", "settings.json"]
        return subprocess.Popen(line, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "HOME": str(self.folder), "DOTNET_EnableDiagnostics": "0"})

    def run(self, person, *words, exit=0):
        process = self.start(person, *words)
        output, errors = process.communicate()
        print(f"{person}: {' '.join(words)}: {process.returncode}", flush=True)
        if process.returncode != exit:
            raise SystemExit(f"expected exit {exit}\n{output}\n{errors}")
        return output

    def json(self, person, *words, exit=0):
        return json.loads(self.run(person, *words, "--format", "json", exit=exit))

    def graph(self, path, body=None, method="GET"):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=None if body is None else json.dumps(body).encode(), method=method,
            headers={"Authorization": "Bearer somebody", "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def phones(self, name):
        found = self.graph(f"/v1.0/users/{name}/authentication/phoneMethods")["value"]
        return {p["phoneType"]: p["phoneNumber"] for p in found}

    def tenant(self):
        """The tenant as a seed: phones, addresses and default methods are read back, since the runs changed them."""
        users = []
        for seed in SEED["users"]:
            name = seed["userPrincipalName"]
            now = {k: v for k, v in seed.items() if k != "phones"}
            if phones := self.phones(name):
                now["phones"] = phones
            if mail := self.graph(f"/v1.0/users/{name}/authentication/emailMethods")["value"]:
                now["email"] = mail[0]["emailAddress"]
            preferred = self.graph(f"/beta/users/{name}/authentication/signInPreferences").get("userPreferredMethodForSecondaryAuthentication", "none")
            if preferred not in ("none", "unknownFutureValue"):
                now["default"] = preferred
            users.append(now)
        return {**SEED, "users": users}

    def close(self):
        self.sandbox.terminate()
        self.sandbox.wait()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def play(desk):
    """Every kind of run; gives their ids by name."""
    plan, approve = PLANNER, APPROVER
    runs = {}
    runs["finished"] = desk.json(plan, "apply", "first.csv", "--yes", "--new-store", exit=4)["runId"]
    runs["unknown"] = desk.json(plan, "apply", "unknown.csv", "--yes", exit=4)["runId"]
    desk.run(plan, "plan", "approved.csv", "--out", "approved.json")
    desk.run(approve, "approve", "approved.json", "--reason", "CHG-1 looked at all of it")
    runs["approved"] = desk.json(plan, "apply", "approved.json", "--yes")["runId"]
    runs["undone"] = desk.json(plan, "apply", "undone.csv", "--yes")["runId"]
    desk.run(plan, "undo", runs["undone"], "--source", "undone.csv", "--out", "undo.json")
    desk.run(approve, "approve", "undo.json", "--reason", "CHG-2 the wrong list")
    runs["undo"] = desk.json(plan, "apply", "undo.json", "--yes")["runId"]
    runs["one"] = desk.json(plan, "set-phone", "one0@contoso.com", f"{number(40, 0)}:office", "--yes", "--reason", "call 17")["runId"]
    runs["pass"] = desk.json(plan, "issue-tap", "one1@contoso.com", "--lifetime", "60", "--once", "--yes")["runId"]
    desk.graph("/v1.0/users/drift0@contoso.com/authentication/phoneMethods/3179e48a-750b-4051-897c-87b9720928f7", {"phoneNumber": number(41, 0), "phoneType": "mobile"}, "PATCH")
    runs["drift"] = desk.json(plan, "apply", "first.csv", "--yes", "--incremental", exit=4)["runId"]
    runs["quarantined"] = desk.json(plan, "apply", "refused.csv", "--yes", exit=7)["runId"]
    runs["probe"] = desk.json(plan, "apply", "probe.csv", "--yes")["runId"]
    runs["limited"] = desk.json(plan, "apply", "limit.csv", "--yes", "--limit", "2", exit=130)["runId"]
    killed = desk.start(plan, "apply", "kill.csv", "--yes", "--format", "json")
    while "office" not in desk.phones("kill2@contoso.com"):
        time.sleep(0.1)
    time.sleep(3)
    killed.kill()
    killed.communicate()
    desk.run(approve, "approve", "--tenant", "contoso", "--allow", "deletes=5", "--for", "01:00:00", "--reason", "CHG-3")
    desk.run(plan, "keys", "new", "--name", "flow", "--tenant", "contoso", "--rights", "read,plan,phones")
    runs["killed"] = desk.json(plan, "runs")["runs"][0]["runId"]
    assert runs["killed"] not in [id for name, id in runs.items() if name != "killed"]
    desk.run(plan, "plan", "pending.csv", "--out", "pending.json", "--wait")
    desk.run(approve, "approve", "pending.json", "--reason", "CHG-4 looked at all of it")
    return runs


def documents(desk, runs, where):
    """What the executable tells of the store; the trail first, because what follows adds to it."""
    def keep(name, *words, exit=0):
        text = json.dumps(desk.json(PLANNER, *words, exit=exit), indent=1, ensure_ascii=False)
        (where / f"{name}.json").write_text(text.replace(f"{desk.folder}/", "") + "\n")

    keep("verify", "audit", "verify")
    desk.run(PLANNER, "audit", "export", "--out", "trail.ndjson")
    shutil.copyfile(desk.folder / "trail.ndjson", where / "trail.ndjson")
    keep("runs", "runs")
    keep("singles", "runs", "--singles")
    keep("keys", "keys", "list")
    for name, id in runs.items():
        keep(f"show-{name}", "show", id, "--reveal")
        keep(f"masked-{name}", "show", id)
    for name in ["first0", "bad0", "unknown0", "limit0", "limit4", "kill2", "approved0", "undone0", "one0", "one1", "drift0", "refused0"]:
        keep(f"history-{name}", "history", f"{name}@contoso.com", "--reveal")
    keep("recovery", "recovery", runs["approved"])
    keep("pending", "show", "pending.json")
    keep("plan", "plan", "first.csv", "--reveal", exit=4)
    keep("methods", "methods", "first0@contoso.com", "--reveal")


def afterwards(desk, runs, where):
    """What the executable makes of the store when it goes on with it."""
    def keep(name, *words, exit=0):
        (where / f"{name}.json").write_text(json.dumps(desk.json(PLANNER, *words, exit=exit), indent=1, ensure_ascii=False) + "\n")

    keep("resume-limited", "resume", runs["limited"], "--yes")
    keep("resume-killed", "resume", runs["killed"], "--yes", "--wait")
    keep("apply-pending", "apply", "pending.json", "--yes")
    keep("undo-plan", "undo", runs["probe"], "--source", "probe.csv", "--out", "undo-probe.json")
    desk.run(APPROVER, "approve", "undo-probe.json", "--reason", "CHG-5")
    keep("undo-run", "apply", "undo-probe.json", "--yes")
    keep("history-limit4", "history", "limit4@contoso.com", "--reveal")
    keep("history-equal0", "history", "equal0@contoso.com", "--reveal")


def record(desk, where, save):
    shutil.rmtree(where, ignore_errors=True)
    for folder in ["documents", "afterwards"]:
        (where / folder).mkdir(parents=True)
    try:
        runs = play(desk)
        save()
        at = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        for name in ["pending.json", "heads.ndjson"]:
            shutil.copyfile(desk.folder / name, where / name)
        (where / "tenant.json").write_text(json.dumps(desk.tenant(), indent=1) + "\n")
        (where / "made.json").write_text(json.dumps({"at": at, "planner": f"{PLANNER}@desk", "approver": f"{APPROVER}@desk", "runs": runs}, indent=1) + "\n")
        documents(desk, runs, where / "documents")
        afterwards(desk, runs, where / "afterwards")
    finally:
        desk.close()
    for name in SOURCES:
        (HERE / "sources").mkdir(exist_ok=True)
        shutil.copyfile(desk.folder / name, HERE / "sources" / name)
    shutil.rmtree(desk.folder)


def sqlite(program):
    desk = Desk(program, {"ConnectionString": "Data Source=store.db"})
    where = HERE / "sqlite"

    def save():
        assert not glob.glob(str(desk.folder / "store.db-*")), "the store is still open"
        for name in ["store.db", "store.db.key"]:
            shutil.copyfile(desk.folder / name, where / name)

    record(desk, where, save)


def postgres(program):
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
    data, port = tempfile.mkdtemp(prefix="fixtures-pg-"), free_port()
    shutil.chown(data, "postgres")

    def tool(name, *words, **more):
        return subprocess.run(["setpriv", "--reuid", "postgres", "--clear-groups", "--", f"{programs}/{name}", *words], check=True, cwd="/", **more)

    tool("initdb", "-D", data, "-A", "trust", "-U", "provision", "-E", "UTF8", "--locale=C", "--no-sync", stdout=subprocess.DEVNULL)
    tool("pg_ctl", "-D", data, "-w", "-s", "-l", f"{data}/log", "-o", f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data}", "start")
    try:
        desk = Desk(program, {"Provider": "PostgreSql", "ConnectionString": f"Host=127.0.0.1;Port={port};Username=provision;Database=postgres", "KeyFile": "store.key"})
        where = HERE / "postgres"

        def save():
            dump = tool("pg_dump", "-h", "127.0.0.1", "-p", str(port), "-U", "provision", "--schema", "provision", "--inserts", "--no-owner", "postgres", capture_output=True, text=True).stdout
            # Lines that only psql knows, and remarks, are left out: any client can run the rest.
            (where / "store.sql").write_text("".join(l + "\n" for l in dump.splitlines() if l and not l.startswith(("\\", "--"))))
            shutil.copyfile(desk.folder / "store.key", where / "store.key")

        record(desk, where, save)
    finally:
        tool("pg_ctl", "-D", data, "-w", "-s", "-m", "fast", "stop")
        shutil.rmtree(data)


if __name__ == "__main__":
    executable = str(pathlib.Path(sys.argv[1]).resolve())
    for kind in sys.argv[2:] or ["sqlite", "postgres"]:
        {"sqlite": sqlite, "postgres": postgres}[kind](executable)
