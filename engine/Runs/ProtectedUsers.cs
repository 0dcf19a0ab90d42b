using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>
/// Who is protected: the entries of <c>Protected</c>, resolved to object ids. An entry that names no user of the tenant protects
/// no one, and an entry that could not be looked up may be anybody: while there are such, nothing is changed.
/// </summary>
/// <param name="Why">Object ids and the reason given; compared ignoring case.</param>
/// <param name="NotFound">Entries that the tenant answered and has no user for.</param>
/// <param name="NotChecked">Entries without a trustworthy answer of the tenant.</param>
public sealed record ProtectedUsers(ImmutableDictionary<string, string> Why, ImmutableArray<string> NotFound, ImmutableArray<NotCheckedEntry> NotChecked)
{
    public static ProtectedUsers None { get; } = new(ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase), [], []);

    /// <summary>What keeps every change back; a warning where nothing is changed.</summary>
    public IEnumerable<Diagnostic> Problems(Severity severity) =>
    [
        .. NotFound.Select(entry => new Diagnostic(HoldCodes.ProtectedNotFound, severity, Words(entry))),
        .. NotChecked.Select(entry => new Diagnostic(HoldCodes.ProtectedNotChecked, severity, Words(entry))),
    ];

    /// <summary>The same, as a reason to hold a user; null when all entries are resolved.</summary>
    public HoldReason? Doubt() => Problems(Severity.Error).FirstOrDefault() is { } problem ? new HoldReason(problem.Code, false, problem.Message) : null;

    /// <summary>For an entry that names no user of the tenant.</summary>
    public static string Words(string entry) => ProtectedLookUp.IsGroup(entry)
        ? $"Protected names '{entry}', but the tenant has no such group, or no member of it can be read, so this entry protects no one, and nothing is "
            + "changed. Write the group's object id (groups with hidden membership need Member.Read.Hidden), or remove the entry."
        : $"Protected names '{entry}', but the tenant has no such user, so this entry protects no one, and nothing is changed. "
        + "Write the present user principal name or the object id, or remove the entry.";

    /// <summary>For an entry that could not be looked up.</summary>
    public static string Words(NotCheckedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return $"Not checked: it could not be read whom Protected means by '{entry.Entry}', so nothing is changed. {entry.Error.Message} Try again.";
    }
}

/// <summary>An entry of <c>Protected</c> whose look-up failed.</summary>
/// <param name="Entry">As configured.</param>
/// <param name="Error">What the tenant answered.</param>
public sealed record NotCheckedEntry(string Entry, ServiceError Error);
