using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>Who is to be invited. Without a group and names: everybody of the bands.</summary>
public sealed record InviteSelection
{
    /// <summary>Those who are prompted on the date, and those who need another method on premises.</summary>
    public static ImmutableArray<Band> Standard { get; } = [Band.OnlyPhone, Band.OnPremisesMethodMissing];

    /// <summary>Bands of <c>readiness</c>; null: <see cref="Standard"/>, and any band for people who are named or in <see cref="Group"/>.</summary>
    public ImmutableArray<Band>? Bands { get; init; }

    /// <summary>Only people of this department; null: of all.</summary>
    public string? Department { get; init; }

    /// <summary>Object id of a group whose members are chosen; null: none.</summary>
    public string? Group { get; init; }

    /// <summary>People who are named; null: none are.</summary>
    public ImmutableArray<UserKey>? Users { get; init; }

    /// <summary>Until so many of the chosen people are in the group, at least 1; null: all of them.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether people are chosen by band alone.</summary>
    public bool IsByBand => Group is null && Users is null;

    /// <summary>Whether band and department are as asked for.</summary>
    public bool Fits(PersonReadiness person)
    {
        ArgumentNullException.ThrowIfNull(person);
        ImmutableArray<Band>? bands = Bands ?? (IsByBand ? Standard : null);
        return (bands is null || bands.Value.Contains(person.Band))
            && (Department is null || string.Equals(Department, person.Facts.Department, StringComparison.OrdinalIgnoreCase));
    }
}
