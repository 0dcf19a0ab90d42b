using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>Non-blocking warnings for a row.</summary>
internal static class PlanWarnings
{
    public static Diagnostic DefaultUnknown { get; } = Diagnostic.Warning("defaultUnknown",
        "The user's default method could not be read. If a deletion concerns it, Microsoft Entra ID refuses and the operation is reported as failed; "
        + "if a new phone becomes the default, that cannot be set back. "
        + "Grant the application UserAuthenticationMethod.ReadWrite.All so that sign-in preferences can be read.");

    public static ImmutableArray<Diagnostic> For(PlanRequest request)
    {
        ImmutableArray<Diagnostic>.Builder notes = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (Removal removal in request.Desired.Removals.OrderBy(r => r.Kind))
        {
            if (request.Current.Unread.Has(removal.Kind)) continue;
            foreach (string id in removal.Ids.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase))
            {
                bool there = request.Current.Others.Any(m => m.Kind == removal.Kind && string.Equals(m.Id, id, StringComparison.OrdinalIgnoreCase));
                if (!there) notes.Add(MethodNotThere(removal.Kind, id));
            }
        }

        if (request.Desired.SmsSignIn == true && request.Current.SmsSignIn == SmsSignInState.NotAllowedByPolicy && !request.Current.Mobile.IsEmpty)
        {
            notes.Add(Diagnostic.Warning("smsSignInNotAllowed",
                "SMS sign-in is to be on, but the tenant reports that its policy does not allow it for this user. "
                + "Allow SMS 'use for sign-in' in the authentication methods policy first."));
        }

        return notes.ToImmutable();
    }

    private static Diagnostic MethodNotThere(MethodKind kind, string id) => Diagnostic.Warning("methodNotThere",
        $"The source asks to remove {kind.Name()} '{id}', but the user has no such method. It may have been removed already; check the id if not.");
}
