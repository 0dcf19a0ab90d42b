using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>What a caller may change and see in a tenant.</summary>
internal static class CallerRights
{
    private static readonly ImmutableArray<Right> Writing = [Right.Phones, Right.Email, Right.Remove, Right.SmsSignIn];

    public static bool MayWriteAnything(this Caller caller, string tenant) => Writing.Any(right => caller.Can(tenant, right));

    /// <summary>Attributes that the caller may change; null for all.</summary>
    public static ImmutableHashSet<string>? MayWrite(this Caller caller, string tenant) => Writing.All(right => caller.Can(tenant, right))
        ? null
        : [.. UserAttributeTable.Names.Where(name => UserAttributeTable.RightToWrite(name) is not { } right || caller.Can(tenant, right))];

    /// <summary>Whether the answer to a write shows numbers and addresses in full: to those who may read them, or may set all that is shown.</summary>
    public static bool CanReadInFull(this Caller caller, string tenant, IEnumerable<string> shown) =>
        caller.Can(tenant, Right.ReadFull) || shown.Where(UserAttributeTable.ShowsMethods).All(name =>
            UserAttributeTable.RightToWrite(name) is { } right
            ? caller.Can(tenant, right) : caller.Can(tenant, Right.Phones) && caller.Can(tenant, Right.Email));
}
