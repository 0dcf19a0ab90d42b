using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Icf.Attributes;

namespace ProvisioningConnector.Icf.Filters;

/// <summary>
/// The part of a filter that the directory can answer. The whole filter is judged again in memory, so this part may be less than the filter,
/// never more.
/// </summary>
/// <param name="Conditions">For the directory; all must hold.</param>
/// <param name="IsEmpty">No one can match.</param>
internal readonly record struct FilterSplit(ImmutableArray<UserCondition> Conditions, bool IsEmpty)
{
    public static FilterSplit From(Filter? filter)
    {
        if (filter is null) return new FilterSplit([], false);
        ImmutableArray<UserCondition>.Builder conditions = ImmutableArray.CreateBuilder<UserCondition>();
        bool empty = Collect(filter, conditions);
        return new FilterSplit([.. conditions.Distinct()], empty);
    }

    /// <summary>The one user whom a filter by id or by name means; null when it means more.</summary>
    public string? SingleUser => Conditions.FirstOrDefault(c => c is { Property: UserProperty.Id, Comparison: UserComparison.Equal }) is { Value: { } id } ? id
        : Conditions.FirstOrDefault(c => c is { Property: UserProperty.PrincipalName, Comparison: UserComparison.Equal }).Value;

    private static bool Collect(Filter filter, ImmutableArray<UserCondition>.Builder into)
    {
        switch (filter)
        {
            case Filter.Nothing:
                return true;
            case Filter.And and:
                return Collect(and.Left, into) | Collect(and.Right, into);
            case Filter.EqualTo equals when UserAttributes.PropertyOf(equals.Attribute) is { } property && Text(equals.Value) is { } text:
                Add(into, property, UserComparison.Equal, text);
                return false;
            case Filter.EqualsIgnoreCase equals when UserAttributes.PropertyOf(equals.Attribute) is { } property:
                Add(into, property, UserComparison.Equal, equals.Value);
                return false;
            case Filter.StartsWith starts when UserAttributes.PropertyOf(starts.Attribute) is { } property && starts.Value.Length > 0:
                Add(into, property, UserComparison.StartsWith, starts.Value);
                return false;
            default:
                return false;
        }
    }

    private static void Add(ImmutableArray<UserCondition>.Builder into, UserProperty property, UserComparison comparison, string value)
    {
        bool flag = property is UserProperty.Enabled or UserProperty.OnPremisesSynced;
        if (!property.CanCompare(comparison) || (flag && value is not ("true" or "false"))) return;
        // The directory knows "not synchronised" as null, which no eq finds.
        if (property == UserProperty.OnPremisesSynced && value == "false") return;
        if (property == UserProperty.UserType && value is not "Guest") return;
        into.Add(new UserCondition(property, comparison, value));
    }

    private static string? Text(object value) => value switch
    {
        string text => text,
        true => "true",
        false => "false",
        _ => null,
    };
}
