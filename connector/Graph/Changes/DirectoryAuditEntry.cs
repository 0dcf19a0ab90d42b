using System.Collections.Immutable;
using Microsoft.Graph.Models;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Changes;

/// <summary>An entry of the audit log about a user's security info.</summary>
/// <param name="Uid">The user it is about.</param>
/// <param name="At">When it happened.</param>
/// <param name="ByApp">An app did it, no person.</param>
/// <param name="AppId">Which app; null when the log does not show it.</param>
internal readonly record struct DirectoryAuditEntry(string Uid, DateTimeOffset At, bool ByApp, string? AppId)
{
    /// <summary>Entries of <c>auditLogs/directoryAudits</c> that may show a change of someone's security info; all others are left aside.</summary>
    public static SdkList<DirectoryAudit, DirectoryAuditEntry> List { get; } = new(DirectoryAudit.CreateFromDiscriminatorValue, static (audit, entries) =>
    {
        if (!AuditActivities.MayChangeMethods(audit.ActivityDisplayName, audit.LoggedByService) || audit.ActivityDateTime is not { } at) return true;
        AppIdentity? app = audit.InitiatedBy?.App;
        bool byApp = app is not null && audit.InitiatedBy?.User is null;
        foreach (TargetResource target in audit.TargetResources ?? [])
        {
            bool isUser = target.Type is not { } type || type.Equals("User", StringComparison.OrdinalIgnoreCase);
            if (isUser && target.Id is { Length: > 0 } uid) entries.Add(new DirectoryAuditEntry(uid, at, byApp, app?.AppId));
        }

        return true;
    });
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
