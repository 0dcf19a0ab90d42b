using System.Collections.Immutable;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary>The one list of the plain API's operations: routes and both descriptions are made of it.</summary>
internal static class PlainOperations
{
    public static ImmutableArray<PlainOperation> All { get; } =
        [.. Phones.All, .. Emails.All, .. Methods.All, .. Switches.All, .. Resets.All, .. Plans.All, .. ReadinessReads.All];
}
