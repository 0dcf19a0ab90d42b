using System.Collections.Immutable;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>
/// A credential for each writing step of <c>migrate</c>, with the permissions of that step and no other that writes (docs/permissions.md#steps-of-migrate).
/// </summary>
internal sealed record StepCredentials
{
    public const string Invite = PlanOrigin.Migration.Invite;
    public const string Default = PlanOrigin.Migration.Default;
    public const string Cleanup = PlanOrigin.Migration.Cleanup;
    public const string Rescue = PassRescue.Name;

    /// <summary>What each step needs in order to write.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> Needed { get; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.WithComparers(StringComparer.Ordinal)
            .Add(Invite, ["GroupMember.ReadWrite.All"])
            .Add(Default, ["UserAuthenticationMethod.ReadWrite.All", "UserAuthMethod-Phone.ReadWrite.All"])
            .Add(Cleanup, ["UserAuthMethod-Phone.ReadWrite.All"])
            .Add(Rescue, ["UserAuthMethod-TAP.ReadWrite.All"]);

    /// <summary>By step; a step that is not here writes with the tenant's other credentials.</summary>
    public ImmutableSortedDictionary<string, CredentialSettings> ByStep { get; init; } =
        ImmutableSortedDictionary<string, CredentialSettings>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Whether a token that may write more than its step needs is refused.</summary>
    public bool RefusesSurplus { get; init; } = true;

    /// <summary>The step of <c>migrate</c> that a plan belongs to; null: none.</summary>
    public static string? StepOf(PlanOrigin origin) => origin switch
    {
        PlanOrigin.Migration { Step: Invite or Default or Cleanup } migration => migration.Step,
        PlanOrigin.Undo { Step: Invite } => Invite,
        PlanOrigin.Action { Operation: Rescue } => Rescue,
        _ => null,
    };

    /// <summary>The name of a step's credential in the configuration.</summary>
    public static string Key(string step) => char.ToUpperInvariant(step[0]) + step[1..];

    /// <summary>Permissions of a token that write and that the step does not need.</summary>
    public static ImmutableArray<string> Surplus(string step, ImmutableArray<string> roles) =>
        [.. roles.Where(Writes).Except(Needed[step], StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    /// <summary>Permissions that the step needs and a token lacks.</summary>
    public static ImmutableArray<string> Missing(string step, ImmutableArray<string> roles) =>
        [.. Needed[step].Except(roles, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether a permission is more than reading: its second part names anything but a kind of Read, or it is not in parts. What OpenID Connect
    /// puts into every token of a person counts as reading.</summary>
    private static bool Writes(string role)
    {
        if (role.ToLowerInvariant() is "openid" or "profile" or "email" or "offline_access" or ".default") return false;
        string verb = role.Split('.') is [_, var second, ..] ? second : string.Empty;
        return !verb.StartsWith("Read", StringComparison.OrdinalIgnoreCase) || verb.StartsWith("ReadWrite", StringComparison.OrdinalIgnoreCase);
    }
}
