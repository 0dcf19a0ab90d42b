using Microsoft.Graph.Models;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Changes;

/// <summary>A row of the registration report.</summary>
/// <param name="Uid">The user.</param>
/// <param name="Presence">Which methods it knows of.</param>
/// <param name="At">When the row was refreshed; null when it does not show it.</param>
internal readonly record struct RegistrationEntry(string Uid, MethodPresence Presence, DateTimeOffset? At)
{
    /// <summary>Rows of <c>userRegistrationDetails</c> (docs/graph.md#registration-report). A row without <c>methodsRegistered</c> says nothing; names that are
    /// not known are left aside.</summary>
    public static SdkList<UserRegistrationDetails, RegistrationEntry> List { get; } = new(UserRegistrationDetails.CreateFromDiscriminatorValue,
        static (row, entries) =>
        {
            if (row.Id is not { Length: > 0 } uid || row.MethodsRegistered is not { } methods) return true;
            MethodPresence presence = methods.Aggregate(MethodPresence.None, static (known, name) => known | Parse(name ?? string.Empty));
            entries.Add(new RegistrationEntry(uid, presence, row.LastUpdatedDateTime));
            return true;
        });

    private static MethodPresence Parse(string name) => name.ToUpperInvariant() switch
    {
        "MOBILEPHONE" => MethodPresence.Mobile,
        "ALTERNATEMOBILEPHONE" => MethodPresence.AlternateMobile,
        "OFFICEPHONE" => MethodPresence.Office,
        "EMAIL" => MethodPresence.Email,
        var other when other.StartsWith("MICROSOFTAUTHENTICATOR", StringComparison.Ordinal) => MethodPresence.Authenticator,
        _ => MethodPresence.None,
    };
}
