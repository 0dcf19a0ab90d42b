namespace ProvisioningConnector.Sandbox.Model;

/// <summary>What the directory has of a person besides names and methods.</summary>
public sealed record PersonalFacts
{
    public string? GivenName { get; init; }
    public string? Department { get; init; }
    public string? PreferredLanguage { get; init; }
    /// <summary>Name or id of the manager.</summary>
    public string? Manager { get; init; }
    /// <summary>Whether another directory signs the person in; null: when the name has <c>#EXT#</c>.</summary>
    public bool? External { get; init; }
    /// <summary>State of the invitation, such as <c>Accepted</c>.</summary>
    public string? ExternalUserState { get; init; }
    public DateTimeOffset? LastSignIn { get; init; }
    /// <summary>When the password was last set (<c>lastPasswordChangeDateTime</c>).</summary>
    public DateTimeOffset? PasswordSet { get; init; } = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    /// <summary>Whether self-service password reset is on.</summary>
    public bool PasswordReset { get; init; } = true;
}
