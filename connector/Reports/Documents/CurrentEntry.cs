using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>What the tenant held of a user, full values.</summary>
public sealed record CurrentEntry
{
    public string? Mobile { get; init; }

    public string? AlternateMobile { get; init; }

    public string? Office { get; init; }

    public SmsSignInState SmsSignIn { get; init; }

    public CurrentEmail? Email { get; init; }

    public ImmutableArray<AuthenticationMethod> Others { get; init => field = value.IsDefault ? [] : value; } = [];

    public bool HardwareOathRead { get; init; }

    /// <summary>The default method, or <c>notRead</c>, <c>unreadable</c>, <c>none</c>.</summary>
    public required string Default { get; init; }
}
