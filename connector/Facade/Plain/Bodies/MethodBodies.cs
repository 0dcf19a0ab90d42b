using System.Collections.Immutable;
using System.ComponentModel;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>One method that a user has.</summary>
internal sealed record MethodView
{
    [DisplayName("Kind")]
    public required string Kind { get; init; }

    [DisplayName("Id")]
    public required string Id { get; init; }

    [DisplayName("Usable")]
    [Description("Whether a person can sign in or pass MFA with it.")]
    public required bool Usable { get; init; }

    [DisplayName("Removable")]
    [Description("Whether DeleteMethod takes it.")]
    public required bool Removable { get; init; }

    [DisplayName("Name")]
    public string? Name { get; init; }

    [DisplayName("Type")]
    [Description("Of kinds that are unknown here.")]
    public string? Type { get; init; }

    [DisplayName("Number")]
    public string? Number { get; init; }

    [DisplayName("Address")]
    public string? Address { get; init; }
}

/// <summary>All methods of a user.</summary>
internal sealed record MethodListView
{
    [DisplayName("Usable methods")]
    public required int Usable { get; init; }

    [DisplayName("Kinds that were not read")]
    public ImmutableArray<string> Unread { get; init; } = [];

    [DisplayName("Default method")]
    public string? DefaultMethod { get; init; }

    [DisplayName("Methods")]
    public required ImmutableArray<MethodView> Value { get; init; }
}
