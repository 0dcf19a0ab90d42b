using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>The columns a source can have (docs/sources.md#columns).</summary>
public enum SourceColumn
{
    User,
    Phones,
    Mobile,
    AlternateMobile,
    Office,
    Country,
    Email,
    Remove,
    SmsSignIn,
    AsOf,

    /// <summary>Written by <c>--rejects</c> and never read, so that a corrected file of rejects can be used as it is.</summary>
    RejectReason,
}

/// <summary>The one table of column names.</summary>
public static class SourceColumns
{
    /// <summary>How many there are.</summary>
    public const int Count = (int)SourceColumn.RejectReason + 1;

    private static readonly ImmutableArray<(SourceColumn Column, string Alias)> Aliases =
    [
        (SourceColumn.User, "upn"), (SourceColumn.User, "userPrincipalName"), (SourceColumn.User, "id"),
        (SourceColumn.Phones, "phoneAuthenticationMethods"),
        (SourceColumn.Office, "officePhone"),
        (SourceColumn.Email, "emailAuthenticationMethod"),
    ];

    /// <summary>Every column.</summary>
    public static ImmutableArray<SourceColumn> All { get; } = [.. Enum.GetValues<SourceColumn>()];

    /// <summary>The name this product writes.</summary>
    public static string Name(this SourceColumn column) => column switch
    {
        SourceColumn.User => "user",
        SourceColumn.Phones => "phones",
        SourceColumn.Mobile => "mobile",
        SourceColumn.AlternateMobile => "alternateMobile",
        SourceColumn.Office => "office",
        SourceColumn.Country => "country",
        SourceColumn.Email => "email",
        SourceColumn.Remove => "remove",
        SourceColumn.SmsSignIn => "smsSignIn",
        SourceColumn.AsOf => "asOf",
        SourceColumn.RejectReason => "rejectReason",
    };

    /// <summary>Reads a header name: case, blanks, <c>_</c> and <c>-</c> do not matter, so <c>_id</c> is <c>id</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out SourceColumn column)
    {
        foreach (SourceColumn candidate in All)
        {
            if (!LooseNames.Same(name, candidate.Name())) continue;
            column = candidate;
            return true;
        }

        foreach ((SourceColumn known, string? alias) in Aliases)
        {
            if (!LooseNames.Same(name, alias)) continue;
            column = known;
            return true;
        }

        column = default;
        return false;
    }

    /// <summary>The right name nearest to a misspelt one, for advice; null when none is near.</summary>
    public static string? Nearest(string name) =>
        Spelling.Nearest(name, [.. All.Where(column => column != SourceColumn.RejectReason).Select(Name), .. Aliases.Select(entry => entry.Alias)]);
}
