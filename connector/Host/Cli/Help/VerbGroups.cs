namespace ProvisioningConnector.Host.Cli.Help;

/// <summary>In which order, and under which titles, help names the verbs.</summary>
internal static class VerbGroups
{
    public static (string Title, string[] Verbs)[] All { get; } =
    [
        ("Lists of users", ["plan", "apply", "resume", "undo", "show", "explain", "runs", "recovery", "export"]),
        ("One user",
        [
            "methods", "set-phone", "remove-phone", "sms-sign-in", "preferred-method", "reset-password", "issue-tap", "require-reregister",
            "offboard",
        ]),
        ("Evidence", ["approve", "history", "audit"]),
        ("The end of Microsoft's SMS and voice", ["readiness", "migrate"]),
        ("The service", ["serve", "keys"]),
        ("Upkeep", ["doctor", "store", "sandbox"]),
        ("The program", ["help", "completion", "version"]),
    ];
}
