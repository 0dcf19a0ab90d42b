using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Composition.Tests.Configuration;

/// <summary>
/// Makes the tables of docs/configuration.md of what the program knows. A table stands between a mark and the next <c>&lt;!-- end --&gt;</c>:
/// <c>&lt;!-- settings of KEY --&gt;</c>, or <c>&lt;!-- settings of KEY: NAME NAME --&gt;</c> for some of them. A key of <c>/</c> is the file.
/// </summary>
internal static partial class SettingsPage
{
    private const string Head = "| key | value | default | meaning |\n|---|---|---|---|\n";

    /// <summary>Sections with the settings of another one, which are shown there.</summary>
    private static readonly ImmutableArray<string> Twins = ["Tenants:NAME:WriteCredential", "Store:KeyEncryption:Previous"];

    /// <summary>The page with new tables.</summary>
    public static string Write(string page, IReadOnlyCollection<SettingDefinition> all)
    {
        ImmutableArray<Match> marks = [.. Mark().Matches(page).Cast<Match>()];
        ImmutableHashSet<string> elsewhere = [.. marks.Where(HasNames).SelectMany(Keys), .. marks.Where(m => !HasNames(m)).Select(KeyOf)];
        return Mark().Replace(page, mark =>
        {
            StringBuilder table = new(Head);
            ImmutableArray<SettingDefinition> shown = HasNames(mark)
                ? [.. Keys(mark).Select(key => all.Single(s => s.Key == key))]
                : [.. all.Below(KeyOf(mark)).Where(s => !elsewhere.Contains(s.Key) || IsShownTwice(s.Key, KeyOf(mark)))];
            foreach (SettingDefinition setting in shown) Append(table, setting, KeyOf(mark), all, HasNames(mark) ? [] : elsewhere);
            return $"{mark.Groups["mark"].Value}\n{table}<!-- end -->";
        });

        // A section with a table of its own has a row where it belongs as well.
        bool IsShownTwice(string key, string parent) => marks.Any(m => !HasNames(m) && KeyOf(m) == key && DefinedSettings.Parent(key) == parent);
    }

    private static void Append(StringBuilder table, SettingDefinition setting, string top, IReadOnlyCollection<SettingDefinition> all,
        ImmutableHashSet<string> elsewhere)
    {
        string name = top.Length == 0 ? setting.Key : setting.Key[(top.Length + 1)..];
        bool isNamed = setting.Type == SettingType.Sections;
        table.Append(CultureInfo.InvariantCulture,
            $"| `{name}{(isNamed ? ":NAME" : "")}` | {Value(setting)} | {Standard(setting)} | {Escaped(setting.Meaning)} |\n");
        string key = isNamed ? $"{setting.Key}:NAME" : setting.Key;
        if (elsewhere.Contains(key) || Twins.Contains(key)) return;
        foreach (SettingDefinition below in all.Below(key)) Append(table, below, top, all, elsewhere);
    }

    private static string Value(SettingDefinition setting) => setting.Type switch
    {
        SettingType.Text => "text",
        SettingType.File => "file",
        SettingType.Address => "address",
        SettingType.Secret => "[secret](#secrets)",
        SettingType.Choice or SettingType.Choices => string.Join(", ", setting.Values.Select(static v => $"`{v}`")),
        SettingType.Switch => "`On`, `Off`",
        SettingType.Number => $"number, {setting.Range?.Words()}",
        SettingType.Count => setting.Range?.Words() ?? "whole number",
        SettingType.CountOrNone => $"{setting.Range?.Words()}, or `none`",
        SettingType.Limit => "limit",
        SettingType.Duration => setting.Range is { } range ? $"duration, {range.DurationWords()}" : "duration",
        SettingType.Date => "date",
        SettingType.List or SettingType.Names => "list",
        SettingType.Entries => "section or list",
        SettingType.Texts or SettingType.Section or SettingType.Sections => "section",
    };

    private static string Standard(SettingDefinition setting) =>
        setting.DefaultWords ?? (setting.Default is { } value ? $"`{Escaped(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}`" : string.Empty);

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static bool HasNames(Match mark) => mark.Groups["names"].Success;

    private static string KeyOf(Match mark) => mark.Groups["key"].Value is "/" ? string.Empty : mark.Groups["key"].Value;

    private static IEnumerable<string> Keys(Match mark) =>
        mark.Groups["names"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => KeyOf(mark).Length == 0 ? name : $"{KeyOf(mark)}:{name}");

    [GeneratedRegex("(?<mark><!-- settings of (?<key>[A-Za-z:/]*[A-Za-z/])(: (?<names>[A-Za-z ]+))? -->)\n(\\|[^\n]*\n)*<!-- end -->",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Mark();
}
