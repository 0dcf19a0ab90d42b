using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>For whom a step is planned: everybody whose band it is for, the members of a group, or people who are named.</summary>
/// <param name="Group">Object id of a group; null: none is named.</param>
/// <param name="Users">People who are named; null: none are.</param>
public sealed record StepSelection(string? Group, ImmutableArray<UserKey>? Users)
{
    public static StepSelection Everybody { get; } = new(null, null);

    /// <summary>Whether people are chosen by their band.</summary>
    public bool IsByBand => Group is null && Users is null;
}
