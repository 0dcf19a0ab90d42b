using System.Text;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>
/// Lists of recipients, one per language: address, first name, date, what to do. Only people in B0 to B3 who can sign in and have an address;
/// never a number, a method or a secret.
/// </summary>
public static class ReadinessComms
{
    /// <summary>The list of people without a language, and of further languages when there are very many.</summary>
    public const string Other = "other";

    private const int MostLanguages = 100;
    private const int LongestName = 20;

    private static readonly HashSet<string> Affected =
        [.. Enum.GetValues<Band>().Where(static band => band.IsAffected()).Select(static band => band.Name())];

    /// <summary>Writes all lists.</summary>
    /// <param name="report">The people.</param>
    /// <param name="tenant">Whose people, by the tenant's place.</param>
    /// <param name="open">Opens the list of a language; called once for each. The caller closes it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>People in the lists, and affected people without an address.</returns>
    public static async Task<(long Listed, long WithoutAddress)> WriteAsync(
        ReadinessReport report, int tenant, Func<string, Stream> open, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(open);
        Dictionary<string, StreamWriter> lists = new(StringComparer.OrdinalIgnoreCase);
        (long listed, long without) = (0, 0);
        try
        {
            await foreach (PersonEntry person in report.People(tenant, cancellation).WithCancellation(cancellation))
            {
                if (!Affected.Contains(person.Band) || person.Enabled == "no") continue;
                if (person.Mail is not { Length: > 0 } mail)
                {
                    without++;
                    continue;
                }

                StreamWriter list = await ListAsync(lists, person.Language, open, cancellation);
                await ReadinessCsv.RowAsync(list, [PeopleColumns.Harmless(mail), PeopleColumns.Harmless(person.FirstName ?? person.DisplayName),
                    person.RetiresOn, person.WhatToDo], cancellation);
                listed++;
            }
        }
        finally
        {
            foreach (StreamWriter list in lists.Values) await list.DisposeAsync();
        }

        return (listed, without);
    }

    private static async ValueTask<StreamWriter> ListAsync(
        Dictionary<string, StreamWriter> lists, string? language, Func<string, Stream> open, CancellationToken cancellation)
    {
        string name = language is { Length: > 0 and <= LongestName } text && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') ? text : Other;
        if (!lists.ContainsKey(name) && lists.Count >= MostLanguages) name = Other;
        if (lists.TryGetValue(name, out StreamWriter? list)) return list;
        lists[name] = list = new StreamWriter(open(name), new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };
        await ReadinessCsv.RowAsync(list, ["mail", "firstName", "date", "whatToDo"], cancellation);
        return list;
    }
}
