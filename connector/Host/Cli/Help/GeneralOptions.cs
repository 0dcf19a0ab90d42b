using System.Collections.Immutable;

namespace ProvisioningConnector.Host.Cli.Help;

/// <summary>Which of the options that every verb takes mean something to a verb, and under which title help shows them.</summary>
internal static class GeneralOptions
{
    private const string Run = "Options of plans and runs";
    private const string Output = "Output";
    private const string Everywhere = "Configuration and help";

    private static readonly string[] Changes =
        ["set-phone", "remove-phone", "sms-sign-in", "preferred-method", "reset-password", "issue-tap", "require-reregister", "offboard"];

    private const string Rescue = "migrate rescue";
    private const string Prove = "migrate prove";

    private static readonly string[] Steps = ["migrate invite", "migrate default", "migrate cleanup", "migrate undo"];

    private static readonly string[] Reports = ["plan", "apply", "resume", "undo", "show", "recovery", "readiness", Rescue, .. Steps, .. Changes];
    private static readonly string[] Progress = ["plan", "apply", "resume", "undo", "explain", .. Steps];
    private static readonly string[] NoTenant = ["sandbox", "sandbox sample", "serve", "keys new", "keys list", "keys revoke", "runs prune", "store rekey"];
    private static readonly string[] Plain = ["help", "completion", "version"];
    private static readonly string[] Recorded =
        ["plan", "apply", "resume", "undo", "approve", "doctor", "export", "audit export", "history", "methods", "recovery", "show", "explain",
            "readiness", "keys new", "keys revoke", Prove, Rescue, .. Steps, .. Changes];

    /// <summary>In the order of help; of each the verbs that it means something to, null for all but the plainest.</summary>
    private static readonly (string Title, string Option, string[]? Verbs)[] All =
    [
        (Run, "--allow", ["plan", "apply", "undo", "explain", "approve", .. Steps, .. Changes]),
        (Run, "--reason", Recorded),
        (Run, "--incremental", ["plan", "apply"]),
        (Run, "--delta", ["plan", "apply", "undo", "explain", "readiness", .. Steps]),
        (Run, "--rejects", ["plan", "apply"]),
        (Run, "--wait", ["apply", "resume", .. Changes]),
        (Run, "--new-store", ["apply", "serve", Rescue, .. Changes]),
        (Run, "--unproven", ["apply", "resume", Rescue]),
        (Output, "--format", null),
        (Output, "--report", Reports),
        (Output, "--reveal", ["plan", "apply", "resume", "undo", "show", "explain", "export", "recovery", "methods", "history", .. Steps, .. Changes]),
        (Output, "--detailed-exitcode", ["plan", "explain", "readiness", .. Steps, .. Changes]),
        (Output, "--progress", Progress),
        (Output, "--quiet", null),
        (Output, "--verbose", null),
        (Output, "--no-color", null),
        (Everywhere, "--config", null),
        (Everywhere, "--tenant", null),
        (Everywhere, "--help", null),
    ];

    /// <summary>Names of all of them.</summary>
    public static IEnumerable<string> Names => All.Select(static row => row.Option);

    /// <summary>All verbs that are named here.</summary>
    public static IEnumerable<string> Verbs => [.. All.SelectMany(static row => row.Verbs ?? []), .. NoTenant, .. Plain];

    /// <summary>Those that mean something to a verb, by title.</summary>
    /// <param name="verb">The verb, such as <c>audit verify</c>.</param>
    public static IEnumerable<(string Title, ImmutableArray<string> Options)> Of(string verb) =>
        All.Where(row => Means(row.Option, row.Verbs, verb)).GroupBy(static row => row.Title, static row => row.Option, StringComparer.Ordinal)
            .Select(static titled => (titled.Key, titled.ToImmutableArray()));

    private static bool Means(string option, string[]? verbs, string verb)
    {
        if (verbs is not null) return verbs.Contains(verb, StringComparer.Ordinal);
        if (option == "--help" || (option == "--format" && verb == "version")) return true;
        if (Plain.Contains(verb, StringComparer.Ordinal)) return false;
        return option != "--tenant" || !NoTenant.Contains(verb, StringComparer.Ordinal);
    }
}
