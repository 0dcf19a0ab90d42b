using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>One change as a person sees it: an operation, or an add and a delete that together move a number.</summary>
/// <param name="Sign">Its sign.</param>
/// <param name="What">What is changed: <c>mobile</c>, <c>email</c>, <c>mobile → office</c>.</param>
/// <param name="Before">Value before; null when there is none.</param>
/// <param name="After">Value after; null when there is none.</param>
/// <param name="Operations">The operations it stands for, one or two.</param>
internal sealed record Change(Sign Sign, string What, string? Before, string? After, ImmutableArray<OperationEntry> Operations)
{
    /// <summary>Where the number comes from and goes to, when it moves between users; null: it does not. Holds names as they are.</summary>
    public string? Partners { get; private init; }

    public static IEnumerable<Change> From(UserEntry user)
    {
        HashSet<int> reported = [];
        for (int i = 0; i < user.Operations.Length; i++)
        {
            if (Judgement.MovedFrom(user, i) is var from && from >= 0) reported.Add(from);
        }

        for (int i = 0; i < user.Operations.Length; i++)
        {
            if (reported.Contains(i)) continue;
            OperationEntry operation = user.Operations[i];
            int from = Judgement.MovedFrom(user, i);
            if (from >= 0)
            {
                yield return new(Sign.Move, $"{Name(user.Operations[from])} → {Name(operation)}", null, Masking.WithoutTag(operation.After),
                    [operation, user.Operations[from]]);
                continue;
            }

            (string? before, string? after) = Compared(operation);
            yield return new(SignRules.From(operation.Action), Name(operation), before, after, [operation]) { Partners = PartnersOf(user, operation) };
        }
    }

    /// <summary>Whether tags distinguish two masked numbers.</summary>
    public bool HasTags => Before is not null && After is not null && Masking.WithoutTag(Before) != Before;

    /// <summary>Tags stay only where two numbers would look the same without them.</summary>
    private static (string? Before, string? After) Compared(OperationEntry operation)
    {
        (string? before, string? after) = (Masking.WithoutTag(operation.Before), Masking.WithoutTag(operation.After));
        return before is not null && before == after ? (operation.Before, operation.After) : (before, after);
    }

    private static string? PartnersOf(UserEntry user, OperationEntry operation)
    {
        if (user.Move is not { } move || operation is not { Method: OperationEntry.Phone, Slot: ServiceRules.SmsSignInSlot }) return null;
        MovePartner? from = operation.After is null ? null : move.WaitsFor.FirstOrDefault(partner => partner.HasNumber);
        MovePartner? to = operation.Before is null ? null : move.To;
        return (from, to) switch
        {
            (null, null) => null,
            ({ } giver, null) => $"moves here from {giver.Name}",
            (null, { } taker) => $"moves to {taker.Name}",
            ({ } giver, { } taker) => $"moves here from {giver.Name}, the old one to {taker.Name}",
        };
    }

    /// <summary><c>mobile</c>, <c>email</c>, <c>fido2</c>, …</summary>
    private static string Name(OperationEntry operation) => operation.Slot is { } slot ? PhoneTypes.Name(slot) : operation.Method switch
    {
        OperationEntry.SmsSignIn => "SMS sign-in",
        OperationEntry.PreferredMethod => "default method",
        OperationEntry.Membership => $"group {operation.Id}",
        var method => method,
    };
}
