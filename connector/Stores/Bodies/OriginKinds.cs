using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Bodies;

/// <summary>The names under which origins of plans are stored. A name, once stored, stays. Plans
/// that earlier versions stored have no origin; they get it when they are read.</summary>
internal static class OriginKinds
{
    public const string Discriminator = "kind";
    private const string Property = "origin";

    public static ImmutableArray<(Type Type, string Name)> All { get; } =
    [
        (typeof(PlanOrigin.Source), "source"),
        (typeof(PlanOrigin.StandardInput), "standardInput"),
        (typeof(PlanOrigin.Undo), "undo"),
        (typeof(PlanOrigin.Migration), "migration"),
        (typeof(PlanOrigin.Action), "action"),
        (typeof(PlanOrigin.Request), "request"),
    ];

    /// <summary>Teaches the serialiser the family, and plans without one.</summary>
    public static void Describe(JsonTypeInfo type)
    {
        if (type.Type == typeof(PlanOrigin))
        {
            JsonPolymorphismOptions family = new() { TypeDiscriminatorPropertyName = Discriminator };
            foreach ((Type kind, string name) in All) family.DerivedTypes.Add(new(kind, name));
            type.PolymorphismOptions = family;
        }
        else if (type.Type == typeof(PlanHeader))
        {
            JsonPropertyInfo origin = type.Properties.Single(p => p.Name == Property);
            origin.IsRequired = false;
            type.OnDeserialized = plan => Complete((PlanHeader)plan, origin);
        }
    }

    private static void Complete(PlanHeader plan, JsonPropertyInfo origin)
    {
        if (origin.Get?.Invoke(plan) is null) origin.Set?.Invoke(plan, PlanOrigin.OfOlder(plan.Source));
    }
}
