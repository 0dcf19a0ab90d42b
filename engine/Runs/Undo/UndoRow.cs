using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;

namespace ProvisioningConnector.Engine.Runs.Undo;

/// <summary>The row that brings back what a run changed of one user.</summary>
public static class UndoRow
{
    /// <summary>Null when nothing of the user was, or may have been, applied.</summary>
    public static SourceRow? From(RunUser user, UndoTerms terms)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(terms);
        if (user.Planned is not { User: { } account, Current: { } before } planned) return null;
        ImmutableArray<(Operation Operation, DateTimeOffset SentAt)> applied = [.. Applied(user, terms.SentAt)];
        if (applied.IsEmpty) return null;
        UndoDraft draft = new(before);
        foreach ((Operation operation, _) in applied) draft.Take(operation);
        (DesiredMethods desired, RowCondition condition) = draft.Finish();
        return new SourceRow(
            planned.Row.Ordinal, planned.Row.Place, planned.Row.UserText, new UserKey(UserKeyKind.Name, account.Uid), desired, null, [])
        {
            Condition = condition with { Barred = Barred(planned.Row, applied, terms) },
        };
    }

    private static IEnumerable<(Operation Operation, DateTimeOffset SentAt)> Applied(RunUser user, DateTimeOffset fallback)
    {
        ImmutableArray<Operation> operations = user.Planned.Plan.Operations;
        for (int i = 0; i < operations.Length; i++)
        {
            if (AppliedCount.IsApplied(user, i, out DateTimeOffset? sentAt)) yield return (operations[i], sentAt ?? fallback);
        }
    }

    private static ImmutableArray<HeldPart> Barred(SourceRow row, ImmutableArray<(Operation Operation, DateTimeOffset SentAt)> applied, UndoTerms terms)
    {
        ImmutableArray<HeldPart>.Builder barred = ImmutableArray.CreateBuilder<HeldPart>();
        DesiredMethods? today = terms.Source?.From(row);
        foreach (IGrouping<Part, (Operation Operation, DateTimeOffset SentAt)> part in applied.GroupBy(a => UndoDraft.PartOf(a.Operation)))
        {
            if (part.Max(a => a.SentAt) < terms.Now - terms.MaxAge) barred.Add(TooOld(part.Key, terms.MaxAge));
            else if (terms.Source is not null && !(today is not null && IsSame(part.Key, row.Desired, today))) barred.Add(SourceChanged(part.Key));
        }

        return barred.ToImmutable();
    }

    private static bool IsSame(Part part, DesiredMethods then, DesiredMethods today) => part switch
    {
        Part.Phones => then.Mobile == today.Mobile && then.AlternateMobile == today.AlternateMobile && then.Office == today.Office,
        Part.Email => then.Email == today.Email,
        Part.SmsSignIn => then.SmsSignIn == today.SmsSignIn,
        Part.PreferredMethod => then.Preferred == today.Preferred,
        Part.Password or Part.MicrosoftAuthenticator or Part.Fido2 or Part.SoftwareOath or Part.HardwareOath or Part.WindowsHello
            or Part.PlatformCredential or Part.External or Part.TemporaryAccessPass or Part.QrCodePin or Part.Membership => true,
    };

    private static HeldPart TooOld(Part part, TimeSpan age) => new(part, HoldCodes.TooOld, false, Guardrails.CountGuardrail.Text(
        $"The run changed it more than {age.TotalHours:0.#} hours ago (UndoMaxAge): ")
        + "other changes may depend on it. Correct the source, and apply it.");

    private static HeldPart SourceChanged(Part part) => new(part, HoldCodes.SourceChanged, false,
        "The source changed since the run, so its present value applies. Apply the source.");
}
