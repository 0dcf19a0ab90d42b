using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Records;

/// <summary>Which methods are there, as far as the registration report shows too (
/// docs/graph.md#registration-report). Never a value; the numbers are stored and never change.</summary>
[Flags]
public enum MethodPresence : byte
{
    None = 0,
    Mobile = 1,
    AlternateMobile = 2,
    Office = 4,
    Email = 8,
    Authenticator = 16,
}

/// <summary>Presence of a state.</summary>
public static class MethodPresences
{
    public static MethodPresence From(CurrentMethods current)
    {
        ArgumentNullException.ThrowIfNull(current);
        return (current.Mobile.IsEmpty ? MethodPresence.None : MethodPresence.Mobile)
            | (current.AlternateMobile.IsEmpty ? MethodPresence.None : MethodPresence.AlternateMobile)
            | (current.Office.IsEmpty ? MethodPresence.None : MethodPresence.Office)
            | (current.Email is null ? MethodPresence.None : MethodPresence.Email)
            | (current.Has(MethodKind.MicrosoftAuthenticator) ? MethodPresence.Authenticator : MethodPresence.None);
    }
}
