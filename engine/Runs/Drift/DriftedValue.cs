using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Drift;

/// <summary>A managed value that the tenant holds otherwise than the source wants, where the tenant is what is new.</summary>
/// <param name="Of">Which value.</param>
/// <param name="VerifiedAt">When it was last verified as the source still wants it; null when the audit log and <c>asOf</c> show instead.</param>
/// <param name="AsOf">When the source last knew its row to be true; null when it does not say.</param>
/// <param name="ChangedAt">The latest change of the user's security info by someone else, by the service's clock; null when none is known of.</param>
public readonly record struct DriftedValue(ManagedValue Of, DateTimeOffset? VerifiedAt, DateTimeOffset? AsOf, DateTimeOffset? ChangedAt)
{
    /// <summary>Whether a value belongs to a part of the user.</summary>
    public static bool Concerns(ManagedValue value, Part part) => value switch
    {
        ManagedValue.Mobile or ManagedValue.AlternateMobile or ManagedValue.Office => part == Part.Phones,
        ManagedValue.Email => part == Part.Email,
        ManagedValue.SmsSignIn => part == Part.SmsSignIn,
        ManagedValue.PreferredMethod => part == Part.PreferredMethod,
        ManagedValue.Removals or ManagedValue.RemovalsWanted =>
            part is not (Part.Phones or Part.Email or Part.SmsSignIn or Part.PreferredMethod or Part.Password or Part.Membership),
    };
}
