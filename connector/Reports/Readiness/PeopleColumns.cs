using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>The columns of tables of people: names, and the text of a person's cell.
/// Cells that a spreadsheet would take for a formula are neutralised.</summary>
internal static class PeopleColumns
{
    private static readonly ImmutableArray<(string Name, Func<PersonEntry, string?> Text)> Columns =
    [
        ("user", static p => p.User), ("displayName", static p => p.DisplayName), ("department", static p => p.Department),
        ("manager", static p => p.Manager), ("language", static p => p.Language), ("enabled", static p => p.Enabled), ("kind", static p => p.Kind),
        ("kindConfidence", static p => p.KindConfidence), ("privileged", static p => p.Privileged), ("retiresOn", static p => p.RetiresOn),
        ("scope", static p => List(p.Scope)), ("methods", static p => p.Methods is { } methods ? List(methods) : "unknown"),
        ("counted", static p => Number(p.Counted)), ("portable", static p => Number(p.Portable)), ("default", static p => p.Default),
        ("systemPreferred", static p => p.SystemPreferred), ("smsSignIn", static p => p.SmsSignIn), ("ssprAfter", static p => p.SsprAfter),
        ("onPremisesMfa", static p => p.OnPremisesMfa), ("passkeyAllowed", static p => p.PasskeyAllowed),
        ("providerCovers", static p => List(p.ProviderCovers)), ("band", static p => p.Band), ("flags", static p => List(p.Flags)),
        ("prompt", static p => p.Prompt), ("nextStep", static p => p.NextStep), ("why", static p => p.Why), ("sourcePhone", static p => p.SourcePhone),
        ("evidence", static p => p.Evidence),
        ("evidenceAt", static p => p.EvidenceAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ("uid", static p => p.Uid),
    ];

    public static IEnumerable<string> Names => Columns.Select(static column => column.Name);

    /// <summary>A person's cells; nothing in them can be taken for a formula or a control character.</summary>
    public static IEnumerable<string> Cells(PersonEntry person) => Columns.Select(column => Harmless(column.Text(person)));

    /// <summary>A text that no spreadsheet takes for a formula.</summary>
    public static string Harmless(string? text)
    {
        string visible = Visible.Escape(text);
        return visible.Length > 0 && visible[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' ? "'" + visible : visible;
    }

    private static string List(ImmutableArray<string> values) => string.Join(';', values);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
