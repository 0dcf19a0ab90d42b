using System.Collections.Immutable;

namespace ProvisioningConnector.Host.Cli.Help;

/// <summary>Commands to try, for every verb. They use the sample list <c>people.csv</c> and users of the built-in sandbox; a test runs all of them.</summary>
internal static class VerbExamples
{
    /// <param name="verb">The verb, such as <c>audit verify</c>; empty for the program.</param>
    public static ImmutableArray<VerbExample> Of(string verb) => verb switch
    {
        "" =>
        [
            new("sandbox sample --out people.csv", "A list to try, until a tenant is configured"),
            new("plan people.csv", "Show what would change; write nothing"),
            new("apply people.csv --yes --report report.html", "Change it, with a report to open in a browser"),
            new("help plan", "Options of a verb, and more examples"),
        ],
        "plan" =>
        [
            new("plan people.csv", "Show what would change; write nothing"),
            new("plan people.csv --out plan.json --report plan.html", "Save the plan to be reviewed and applied, with a page to read"),
            new("plan people.csv --detailed-exitcode --quiet", "For scripts: exit code 2 when there are changes"),
        ],
        "apply" =>
        [
            new("apply people.csv", "Plan, ask, execute"),
            new("apply plan.json --yes", "Execute a saved plan as it was reviewed; do not ask"),
            new("apply people.csv --yes --canary 2 --wait", "For the night: two users first, the others when those are verified"),
        ],
        "resume" =>
        [
            new("resume RUN-ID", "Go on after Ctrl-C, a kill or --limit"),
            new("resume RUN-ID --yes --limit 500", "Five hundred users more, without a question"),
        ],
        "undo" => [new("undo RUN-ID", "Show what would bring a run's changes back"), new("undo RUN-ID --out undo.json", "Save it to be reviewed and applied")],
        "show" =>
        [
            new("show plan.json", "A saved plan, numbers hidden"), new("show RUN-ID --report run.html", "A run, and a page to read"),
            new("show RUN-ID --format json", "The whole document"),
        ],
        "explain" =>
        [
            new("explain cleo@contoso.com --source people.csv", "Why this user changes, or does not"),
            new("explain employeeId:1001 --source people.csv", "The same by employee number"),
        ],
        "runs" => [new("runs", "All runs, newest first"), new("runs --singles", "Changes of single users instead")],
        "runs prune" =>
        [
            new("runs prune", "Forget what ended more than 90 days ago"),
            new("runs prune --older-than 365.00:00:00 --yes", "Keep a year; do not ask"),
        ],
        "recovery" => [new("recovery RUN-ID", "Who needs help after a run"), new("recovery RUN-ID --report helpdesk.md", "The list for the helpdesk")],
        "export" =>
        [
            new("export --out tenant.csv --reveal", "All users with their phones, as a list that can be edited and applied"),
            new("export --out state.xlsx --reveal --authoritative", "The state itself: applying it removes what comes later"),
        ],
        "methods" =>
        [
            new("methods dan@contoso.com", "What the user has, numbers hidden"),
            new("methods mail:dan@contoso.com --reveal", "By mail address, numbers in full"),
        ],
        "set-phone" =>
        [
            new("set-phone dan@contoso.com '+1 2065555555:mobile' --dry-run", "Show the change; write nothing"),
            new("set-phone dan@contoso.com '+1 4255550199:office'", "Add or change the office phone; asks first"),
        ],
        "remove-phone" =>
        [
            new("remove-phone cleo@contoso.com office --dry-run", "Show the change"),
            new("remove-phone cleo@contoso.com office --yes", "Remove it; do not ask"),
        ],
        "sms-sign-in" =>
        [
            new("sms-sign-in lea@contoso.com on", "Let the user sign in by SMS"),
            new("sms-sign-in lea@contoso.com off --yes", "No longer; do not ask"),
        ],
        "preferred-method" =>
        [
            new("preferred-method dan@contoso.com push", "Make push the default"),
            new("preferred-method eve@contoso.com oath --dry-run", "Show the change"),
        ],
        "reset-password" =>
        [
            new("reset-password dan@contoso.com", "Make a password and show it once"),
            new("reset-password dan@contoso.com --password-file password.txt --yes", "Set the one in a file"),
        ],
        "issue-tap" =>
        [
            new("issue-tap dan@contoso.com --lifetime 60 --once", "A pass for an hour and one use, shown once"),
            new("issue-tap dan@contoso.com --dry-run", "Show the change"),
        ],
        "require-reregister" =>
        [
            new("require-reregister dan@contoso.com --dry-run", "Show what goes"),
            new("require-reregister dan@contoso.com --issue-tap", "Then issue a pass to register with"),
        ],
        "offboard" =>
        [
            new("offboard ben@contoso.com --dry-run", "Show what goes"),
            new("offboard ben@contoso.com --reason 'leaves on Friday'", "Remove every method that can be removed"),
        ],
        "approve" =>
        [
            new("approve plan.json --reason 'CHG-4711'", "As a second person: this plan may be applied"),
            new("approve --tenant sandbox --allow deletes=12 --for 01:00:00 --reason 'CHG-4712'", "Open a limit of the service for an hour"),
        ],
        "history" => [new("history cleo@contoso.com", "All that was done for a user"), new("history cleo@contoso.com --format json", "The same as a document")],
        "audit verify" =>
        [
            new("audit verify", "Exit code 1 when something was changed or cut off"),
            new("audit verify --format json", "The findings as a document"),
        ],
        "audit export" =>
        [
            new("audit export --out audit.ndjson", "All records, one a line"),
            new("audit export --out audit.ndjson --reason 'audit 2027'", "With the reason, recorded"),
        ],
        "audit compare" =>
        [
            new("audit compare", "The last 7 days"),
            new("audit compare --since 2026-11-01 --delay 02:00:00", "From a date on; the log is at most two hours late"),
        ],
        "readiness" =>
        [
            new("readiness", "How many people, and what to do"),
            new("readiness --report readiness.html --out people-affected.csv", "A page, and a list of people"),
            new("readiness --detailed-exitcode", "For scripts: exit code 2 when it is worse than last time"),
        ],
        "readiness forget" =>
        [
            new("readiness forget ada@contoso.com", "After people were kept: delete what is kept of this person"),
            new("readiness forget ada@contoso.com --format json", "The same for programs"),
        ],
        "migrate default" =>
        [
            new("migrate default", "Who can have another default, and who has to register one first"),
            new("migrate default --out default.json --report default.html", "Save the plan for review"),
        ],
        "migrate invite" =>
        [
            new("migrate invite", "Whether the group is fit, and who would be invited"),
            new("migrate invite --department Sales --limit 50 --out invite.json", "A first wave, saved for review; it needs an approval"),
        ],
        "migrate prove" =>
        [
            new("migrate prove", "Every night: how far invited people are"),
            new("migrate prove --invited-on 2026-12-01 --out invited.csv", "The first time, with a list"),
        ],
        "migrate status" => [new("migrate status", "What the last nights found"), new("migrate status --format json", "The same for programs")],
        "migrate rescue" =>
        [
            new("migrate rescue dan@contoso.com --proof inPerson --ticket INC-1042 --yes", "A pass for 60 minutes, for one use"),
            new("migrate rescue --resume", "Delete passes that are not proved to be handed over"),
        ],
        "migrate cleanup" =>
        [
            new("migrate cleanup", "Whose phones may go, and why the others stay"),
            new("migrate cleanup --out cleanup.json --report cleanup.html", "Save the plan for review; it needs an approval"),
        ],
        "migrate undo" =>
        [
            new("migrate undo RUN-ID", "What it would take to bring back what the step changed"),
            new("migrate undo RUN-ID --out undo.json", "Save the reversal for review"),
        ],
        "serve" => [new("serve", "Listen where the configuration says"), new("serve --urls http://127.0.0.1:0", "Listen at a free loopback port")],
        "keys new" =>
        [
            new("keys new --name pingidm --tenant sandbox", "A key with the usual rights"),
            new("keys new --name reader --tenant sandbox --rights read --expires 90.00:00:00", "A key that only reads, for 90 days"),
        ],
        "keys list" => [new("keys list", "All keys, without their secrets"), new("keys list --format json", "The same as a document")],
        "keys revoke" => [new("keys revoke KEY-ID", "End a key; asks first"), new("keys revoke KEY-ID --yes", "End a key; do not ask")],
        "doctor" =>
        [
            new("doctor", "Try credential, permissions, store and readings"),
            new("doctor --probe probe.json", "Ask the tenant what is not certain of it, before a step of migrate writes"),
            new("doctor --release-quarantine --reason 'credential renewed'", "End the tenant's quarantine where no run will come"),
        ],
        "store rekey" => [new("store rekey", "Ask, then encrypt everything with a new key"), new("store rekey --yes", "Do not ask")],
        "sandbox" =>
        [
            new("sandbox", "Serve a stand-in tenant at a free loopback port"),
            new("sandbox --urls http://127.0.0.1:0", "At an address of your choice"),
        ],
        "sandbox reset" => [new("sandbox reset", "Put the sandbox back to its seed"), new("sandbox reset --tenant sandbox", "The same by name")],
        "sandbox sample" =>
        [
            new("sandbox sample --out people.csv", "Users whom the sandbox has"),
            new("sandbox sample --out sample.csv --format json", "For scripts"),
        ],
        "help" => [new("help", "All verbs"), new("help audit verify", "One verb"), new("help --man", "Everything as a manual page")],
        "completion" => [new("completion bash", "Write it to a file that your shell reads at its start"), new("completion pwsh", "For PowerShell")],
        "version" => [new("version", "Version and platform"), new("version --format json", "For scripts")],
        _ => [],
    };
}
