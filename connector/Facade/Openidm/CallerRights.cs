using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>What a caller may change and see in a tenant.</summary>
internal static class CallerRights
{
    private static readonly ImmutableArray<Right> Writing = [Right.Phones, Right.Email, Right.Remove, Right.SmsSignIn, Right.Password];

    public static bool MayWriteAnything(this Caller caller, string tenant) => Writing.Any(right => caller.Can(tenant, right));

    /// <summary>Attributes that the body of a write may name: those that the caller may change, and what is read only for those who may read it.</summary>
    public static ImmutableHashSet<string> MayName(this Caller caller, string tenant) =>
        [.. UserAttributeTable.Names.Where(name => caller.Can(tenant, UserAttributeTable.RightToWrite(name) ?? Right.Read))];

    /// <summary>Whether the answer to a write shows numbers and addresses in full: to those who may read them, or have just sent all that is shown.</summary>
    public static bool CanReadInFull(this Caller caller, string tenant, IEnumerable<string> shown, IReadOnlyCollection<AttributeDelta> sent)
    {
        return caller.Can(tenant, Right.ReadFull) || shown.All(IsKnown);

        bool IsKnown(string name) => name switch
        {
            AttributeNames.AuthenticationMethods => IsKnown(AttributeNames.Phones) && IsKnown(AttributeNames.Email),
            AttributeNames.Phones or AttributeNames.Email =>
                sent.Any(d => d.ToReplace is not null && d.Name.Equals(name, StringComparison.OrdinalIgnoreCase)),
            _ => true,
        };
    }
}
