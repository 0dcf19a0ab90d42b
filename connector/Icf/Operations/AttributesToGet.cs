using System.Collections.Immutable;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Icf.Operations;

/// <summary>Which attributes a caller wants.</summary>
internal static class AttributesToGet
{
    /// <summary>Those asked for, or those returned by default; in the order of the schema, those that cannot be read left out.</summary>
    public static ImmutableArray<UserAttribute> Attributes(OperationOptions options)
    {
        IEnumerable<UserAttribute> wanted = options.AttributesToGet is { } names
            ? names.Select(UserAttributes.Get).Distinct().OrderBy(a => UserAttributes.All.IndexOf(a))
            : UserAttributes.All.Where(a => !a.Info.Flags.HasFlag(AttributeFlags.NotReturnedByDefault));
        return [.. wanted.Where(a => !a.Info.Flags.HasFlag(AttributeFlags.NotReadable))];
    }
}
