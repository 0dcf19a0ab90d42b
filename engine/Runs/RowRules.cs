using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>What a row comes to before, or without, reading its user's methods. One place words these situations.</summary>
internal static class RowRules
{
    /// <summary>The plan of a row that needs no reading, or null when its user must be read.</summary>
    public static PlannedUser? Settle(ResolvedRow resolved, ServiceError? lookUpFailed)
    {
        SourceRow row = resolved.Row;
        if (!row.IsValid) return Settled(resolved, Situation.Invalid, []);
        if (lookUpFailed is not null) return NotRead(resolved, lookUpFailed);
        if (resolved.Matches > 1)
        {
            return Settled(resolved, Situation.Invalid, [Diagnostic.Error("ambiguousUser",
                $"'{row.UserText}' names {resolved.Matches} users of the tenant. Name the user by object id or user principal name.", row.Place)]);
        }

        if (resolved.User is null) return NotFound(resolved);
        if (resolved.RowsOfUser > 1)
        {
            string where = resolved.OtherPlace is { } other ? $" (also at {other})" : string.Empty;
            return Settled(resolved, Situation.Invalid, [Diagnostic.Error("duplicateUser",
                $"{resolved.RowsOfUser} rows name this user{where}, so it is not clear which one is right. Keep one row; none of them is used.", row.Place)]);
        }

        return row.Desired.ManagesNothing && row.Condition is null ? Settled(resolved, Situation.Equal, []) : null;
    }

    /// <summary>In an incremental run: verified before, and nothing speaks against it.</summary>
    public static PlannedUser NotDue(ResolvedRow resolved) => Settled(resolved, Situation.Equal, []);

    /// <summary>In an incremental run: failed before, and not yet to be tried again.</summary>
    public static PlannedUser Waiting(ResolvedRow resolved, RetryEntry entry)
    {
        PlannedUser settled = Settled(resolved, Situation.Held, []);
        string when = entry.NextDue is { } due
            ? FormattableString.Invariant($"is due again at {due.UtcDateTime:yyyy-MM-dd HH:mm}Z")
            : "is due again when the row, the policy or a limit changes";
        HeldPart held = new(FirstPart(resolved.Row.Desired), HoldCodes.WaitsForRetry, false,
            $"The user failed before ({entry.Code}, tries: {entry.Attempts}) and {when}. A run without --incremental tries everyone.");
        return settled with { Plan = settled.Plan with { Held = [held] } };
    }

    private static Part FirstPart(DesiredMethods desired) =>
        desired.ManagesPhones ? Part.Phones
        : desired.Email.IsManaged ? Part.Email
        : desired.SmsSignIn is not null ? Part.SmsSignIn
        : desired.Preferred is not null ? Part.PreferredMethod
        : Parts.From(desired.Removals[0].Kind);

    public static PlannedUser NotFound(ResolvedRow resolved) => Settled(resolved, Situation.NotFound, [Diagnostic.Error("userNotFound",
        $"The tenant has no user '{resolved.Row.UserText}'. Check the spelling; a user created a few minutes ago may not be visible yet.",
        resolved.Row.Place)]);

    public static PlannedUser NotRead(ResolvedRow resolved, ServiceError error)
    {
        string request = error.RequestId is null ? string.Empty : $" (request {error.RequestId})";
        string message = error.Advice.Length == 0 ? error.Message : $"{error.Message} {error.Advice}";
        return Settled(resolved, Situation.NotRead, [Diagnostic.Error(error.Code, $"Not read, so not planned: {message}{request}", resolved.Row.Place)]);
    }

    private static PlannedUser Settled(ResolvedRow resolved, Situation situation, ImmutableArray<Diagnostic> found) =>
        new(resolved.Row, resolved.User, null,
            new UserPlan { Situation = situation, Diagnostics = AtRow([.. resolved.Row.Diagnostics, .. found], resolved.Row.Place) });

    /// <summary>Gives the row's place to what has none of its own.</summary>
    public static ImmutableArray<Diagnostic> AtRow(ImmutableArray<Diagnostic> diagnostics, Place place) =>
        diagnostics.IsEmpty ? diagnostics : [.. diagnostics.Select(d => d.Place is null ? d with { Place = place } : d)];
}
