using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>Who did it: an app or a user.</summary>
internal sealed record AuditInitiator(string? AppName, string? AppId, string? UserId, string? UserName)
{
    public static AuditInitiator TheUser(SandboxUser user) => new(null, null, user.Id.ToString(), user.UserPrincipalName);
}

internal sealed record DirectoryAudit(string Id, DateTimeOffset At, string Activity, Guid TargetId, string TargetName, AuditInitiator By);

/// <summary>Security-info changes, oldest first; keeps the newest quarter of a million.</summary>
internal sealed class AuditLog
{
    private const int Capacity = 250_000;
    private readonly List<DirectoryAudit> _entries = [];
    private ulong _count;

    public IReadOnlyList<DirectoryAudit> Entries => _entries;

    public void Record(DateTimeOffset at, SandboxUser target, string? activity, AuditInitiator by)
    {
        if (activity is null) return;
        if (_entries.Count >= Capacity) _entries.RemoveRange(0, Capacity / 5);
        _count++;
        _entries.Add(new DirectoryAudit($"SSPR_{DerivedId.From(0xA0D17, _count):N}_{_count}", at, activity, target.Id, target.UserPrincipalName, by));
    }
}

/// <summary>The names of activities as Entra's audit log spells them.</summary>
internal static class AuditActivity
{
    /// <summary>Null when nothing of the security info differs.</summary>
    public static string? Describe(UserCredentials before, UserCredentials after, bool byUser)
    {
        string who = byUser ? "User" : "Admin";
        int grown = Count(after) - Count(before);
        if (grown > 0) return who + " registered security info";
        if (grown < 0) return who + " deleted security info";
        if (before.Mobile?.Number != after.Mobile?.Number || before.AlternateMobile?.Number != after.AlternateMobile?.Number
            || before.Office?.Number != after.Office?.Number || before.Email != after.Email || before.Others != after.Others)
            return who + " updated security info";
        return before.Default != after.Default ? "User changed default security info" : null;
    }

    private static int Count(UserCredentials c) => c.CountBesidePassword + (c.Email is null ? 0 : 1);
}
