using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Writing;

/// <summary>
/// Writes what the tenant holds as rows that <see cref="SourceFile"/> reads back to the same. Full numbers: the file is the owner's alone
/// (<see cref="Streams.PrivateFile"/>).
/// </summary>
public sealed class SourceWriter
{
    private const string None = "none";
    private readonly IRowOutput _output;
    private readonly bool _authoritative;

    private SourceWriter(IRowOutput output, bool authoritative) => (_output, _authoritative) = (output, authoritative);

    /// <summary>Begins with the names of the columns.</summary>
    /// <param name="output">Receives the rows.</param>
    /// <param name="authoritative">
    /// Whether what is empty is written as <c>none</c>, and SMS sign-in too, so that a later plan of the file takes away what came since. Otherwise an
    /// empty slot is left blank and so unmanaged: applied later, the file takes back changes and deletions, and deletes nothing.
    /// </param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<SourceWriter> CreateAsync(IRowOutput output, bool authoritative, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.BeginAsync([.. Columns(authoritative).Select(static column => column.Name())], cancellation);
        return new SourceWriter(output, authoritative);
    }

    /// <summary>Writes what the tenant holds of a user.</summary>
    public ValueTask WriteAsync(string user, CurrentMethods current, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(current);
        return _output.WriteAsync([.. Columns(_authoritative).Select(column => Cell(column, user, current))], cancellation);
    }

    private static ImmutableArray<SourceColumn> Columns(bool authoritative)
    {
        ImmutableArray<SourceColumn> columns =
            [SourceColumn.User, SourceColumn.Mobile, SourceColumn.AlternateMobile, SourceColumn.Office, SourceColumn.Email];
        return authoritative ? columns.Add(SourceColumn.SmsSignIn) : columns;
    }

    private RowCell Cell(SourceColumn column, string user, CurrentMethods current) => column switch
    {
        SourceColumn.User => new(user),
        SourceColumn.Mobile => Slot(current.Mobile),
        SourceColumn.AlternateMobile => Slot(current.AlternateMobile),
        SourceColumn.Office => Slot(current.Office),
        SourceColumn.Email => new(current.Email?.Address ?? (current.Unread.HasEmail() ? "" : Empty)),
        SourceColumn.SmsSignIn => new(SmsSignIn(current)),
        SourceColumn.Phones or SourceColumn.Country or SourceColumn.Remove or SourceColumn.AsOf or SourceColumn.RejectReason => default,
    };

    private string Empty => _authoritative ? None : "";

    /// <summary>A text that is not a number cannot be wanted by a source: authoritatively the slot stays unmanaged.</summary>
    private RowCell Slot(CurrentSlot slot) => slot.IsEmpty ? new(Empty)
        : slot.Unreadable is not null && _authoritative ? new("") : new(slot.FullText() ?? "", IsPhone: true);

    private static string SmsSignIn(CurrentMethods current) => current switch
    {
        { Mobile.IsEmpty: false, SmsSignIn: SmsSignInState.Ready } => "on",
        { Mobile.IsEmpty: false, SmsSignIn: SmsSignInState.Unknown } => "",
        _ => "off",
    };
}
