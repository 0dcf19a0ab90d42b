using System.Collections.Immutable;

namespace ProvisioningConnector.Sandbox.Model;

/// <summary>What the directory has of a group besides its name and members. The default is an assigned security group of the cloud.</summary>
public sealed record GroupFacts
{
    public bool SecurityEnabled { get; init; } = true;
    public bool MailEnabled { get; init; }
    /// <summary>Whether it is a Microsoft 365 group.</summary>
    public bool Unified { get; init; }
    /// <summary>The rule of a dynamic group; null: members are assigned.</summary>
    public string? MembershipRule { get; init; }
    /// <summary>Whether a directory on premises is its master.</summary>
    public bool? OnPremisesSyncEnabled { get; init; }
    public bool IsAssignableToRole { get; init; }
    /// <summary>Ids of products whose licences its members get.</summary>
    public ImmutableArray<Guid>? Licences { get; init; }
    /// <summary>Names of applications that its members are assigned to.</summary>
    public ImmutableArray<string>? Applications { get; init; }
}
