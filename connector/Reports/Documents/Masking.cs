using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>
/// Masks every document: numbers become <c>+1 ••••••5555 #a7f3</c>, addresses of e-mail methods
/// <c>k•••@contoso.com</c>, names of devices and keys three bullets (docs/documents.md#masking). Who a user is stays readable.
/// </summary>
public static class Masking
{
    /// <summary>Stands for a hidden text of which nothing may be seen, not even its length.</summary>
    public const string Hidden = "•••";

    public static ReportHeader Mask(ReportHeader head) => head switch
    {
        PlanDocument plan => plan with { Masked = true, Seal = null },
        RunDocument run => run with { Masked = true, Seal = null },
        // ReportHeader is closed in fact, but the compiler cannot see it.
        _ => throw new ArgumentOutOfRangeException(nameof(head)),
    };

    /// <summary>The masked form of a full entry.</summary>
    public static UserEntry Mask(UserEntry entry, KeyedDigests digests)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(digests);
        return entry with
        {
            Operations = [.. entry.Operations.Select(o => Mask(o, digests))],
            Row = null,
            Desired = null,
            Current = null,
        };
    }

    /// <summary>The masked form of a full operation.</summary>
    public static OperationEntry Mask(OperationEntry operation, KeyedDigests digests) => operation.Method switch
    {
        OperationEntry.Phone => operation with { Before = Number(operation.Before, digests), After = Number(operation.After, digests) },
        OperationEntry.Email => operation with { Before = Address(operation.Before), After = Address(operation.After) },
        OperationEntry.SmsSignIn or OperationEntry.PreferredMethod or OperationEntry.Password or OperationEntry.Membership => operation,
        _ => operation with { Before = operation.Before is null ? null : Hidden },
    };

    /// <summary>A number with its tag; a text that does not parse shows nothing of itself but its tag.</summary>
    public static string? Number(string? text, KeyedDigests digests)
    {
        ArgumentNullException.ThrowIfNull(digests);
        if (text is null) return null;
        return PhoneNumberReader.TryReadGraph(text, out PhoneNumber number)
            ? $"{number.Masked()} #{digests.Tag(number.Canonical())}"
            : $"{Hidden} #{digests.Tag(text)}";
    }

    /// <summary>A masked number without its tag, which says something only where two are compared.</summary>
    public static string? WithoutTag(string? masked) =>
        masked is not null && masked.LastIndexOf(" #", StringComparison.Ordinal) is > 0 and var at && masked.Contains('•', StringComparison.Ordinal)
            ? masked[..at] : masked;

    /// <summary>An address shows its first character and its domain.</summary>
    public static string? Address(string? text)
    {
        if (text is null) return null;
        int at = text.LastIndexOf('@');
        if (at <= 0) return Hidden;
        int first = char.IsHighSurrogate(text[0]) && at > 1 ? 2 : 1;
        return string.Concat(text.AsSpan(0, first), Hidden, text.AsSpan(at));
    }
}
