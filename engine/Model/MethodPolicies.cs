namespace ProvisioningConnector.Engine.Model;

/// <summary>What the tenant's authentication methods policy says of one thing, as far as it can be determined without knowing who is in which group.</summary>
public enum PolicyVerdict : byte
{
    /// <summary>Not asked, or not allowed to know.</summary>
    NotRead,

    /// <summary>For everybody.</summary>
    Allows,

    /// <summary>For no one.</summary>
    Forbids,

    /// <summary>For members of some groups.</summary>
    Depends,
}

/// <summary>The tenant's policy on temporary access passes.</summary>
/// <param name="Verdict">Whether anybody can have one.</param>
/// <param name="Shortest">Least lifetime in minutes; null: not stated.</param>
/// <param name="Longest">Most minutes; null: not stated.</param>
/// <param name="OnceOnly">Whether all passes are for one use; null: not stated.</param>
public sealed record PassPolicy(PolicyVerdict Verdict, int? Shortest = null, int? Longest = null, bool? OnceOnly = null);

/// <summary>The tenant's authentication methods policy as far as actions need it.</summary>
public sealed record MethodPolicies
{
    /// <summary>Nothing was read.</summary>
    public static MethodPolicies NotRead { get; } = new();

    /// <summary>Whether a mobile number can sign in by SMS.</summary>
    public PolicyVerdict SmsSignIn { get; init; }

    public PassPolicy Pass { get; init; } = new(PolicyVerdict.NotRead);
}
