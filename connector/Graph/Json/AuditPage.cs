using System.Collections.Immutable;
using System.Text.Json;

namespace ProvisioningConnector.Graph.Json;

/// <summary>An entry of the audit log about a user's security info.</summary>
/// <param name="Uid">The user it is about.</param>
/// <param name="At">When it happened.</param>
/// <param name="ByApp">An app did it, no person.</param>
/// <param name="AppId">Which app; null when the log does not show it.</param>
internal readonly record struct AuditEntry(string Uid, DateTimeOffset At, bool ByApp, string? AppId);

/// <summary>Entries of <c>auditLogs/directoryAudits</c> that may show a change of someone's security info; all others are left aside.</summary>
internal static class AuditPage
{
    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<AuditEntry> entries, out string? next, out string wrong)
    {
        ImmutableArray<AuditEntry>.Builder found = ImmutableArray.CreateBuilder<AuditEntry>();
        bool good = ListPage.TryRead(body, One, out next, out wrong);
        entries = found.ToImmutable();
        return good;

        bool One(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) return false;
            JsonElement entry = JsonElement.ParseValue(ref reader);
            if (!AuditActivities.MayChangeMethods(entry.Text("activityDisplayName"), entry.Text("loggedByService"))) return true;
            if (entry.Moment("activityDateTime") is not { } at) return true;
            JsonElement initiator = entry.Part("initiatedBy");
            JsonElement app = initiator.Part("app");
            bool byApp = app.ValueKind == JsonValueKind.Object && initiator.Part("user").ValueKind != JsonValueKind.Object;
            foreach (JsonElement target in entry.Items("targetResources"))
            {
                bool isUser = target.Text("type") is not { } type || type.Equals("User", StringComparison.OrdinalIgnoreCase);
                if (isUser && target.Text("id") is { Length: > 0 } uid) found.Add(new AuditEntry(uid, at, byApp, app.Text("appId")));
            }

            return true;
        }
    }
}

/// <summary>
/// Which activities may change authentication methods. Generous on purpose: one too many costs a read, one too few a change that is seen a
/// week late. Names are those of Microsoft's list of audit activities; new ones of the same service count too.
/// </summary>
internal static class AuditActivities
{
    /// <summary>Services whose entries are asked for (docs/graph.md#throttling: the class allows five requests in ten seconds).</summary>
    public static ImmutableArray<string> Services { get; } = ["Authentication Methods", "Self-service Password Management"];

    private static readonly ImmutableArray<string> Fragments =
    [
        "security info", "authentication method", "authentication phone", "phone", "authenticator",
        "passkey", "fido", "oath", "mfa", "multi-factor", "multifactor",
        "strong authentication", "strongauthentication", "temporary access pass", "self-service password reset",
    ];

    public static bool MayChangeMethods(string? activity, string? service) =>
        string.Equals(service, Services[0], StringComparison.OrdinalIgnoreCase)
        || (activity is not null && Fragments.Any(f => activity.Contains(f, StringComparison.OrdinalIgnoreCase)));
}
