using System.Globalization;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>Readiness for a terminal: at most 40 lines, whatever the tenant is like.
/// Details first, then figures, then the headline and the next command.</summary>
public static class ReadinessText
{
    /// <summary>Most lines of the whole text.</summary>
    public const int MostLines = 40;

    private const int MostFindings = 6;
    private const int MostUnknown = 5;

    /// <param name="report">What was found.</param>
    /// <param name="next">The command to run next; null: none.</param>
    public static IEnumerable<string> Lines(ReadinessReport report, string? next)
    {
        ArgumentNullException.ThrowIfNull(report);
        IEnumerable<string> lines = report.Tenants is [var one] ? One(one) : Many(report.Tenants);
        lines = lines.Select(Visible.Escape);
        return next is null ? lines : lines.Concat(NextLines.From("For the page and the list of people", next));
    }

    private static IEnumerable<string> Many(IReadOnlyCollection<TenantReadiness> tenants)
    {
        const int Most = MostLines - 4;
        yield return "Tenant                      people  B0-B3  prompted  stuck      ?";
        foreach (TenantReadiness tenant in tenants.Take(Most)) yield return Row(tenant);
        if (tenants.Count > Most) yield return $"… and {tenants.Count - Most} more; see --report FILE.json";
        yield return $"{Quantity.Of(tenants.Count, "tenant")}, {tenants.Count(static t => !t.WasRead)} not read; "
            + $"{Quantity.Of(tenants.Sum(static t => t.Affected), "person is", "people are")} affected (B0 to B3).";
    }

    private static string Row(TenantReadiness tenant)
    {
        string name = tenant.Tenant.Name.Length > 26 ? tenant.Tenant.Name[..25] + "…" : tenant.Tenant.Name;
        if (tenant.Error is { } error) return $"{name,-26}  not read: {error.Message}";
        return $"{name,-26}{Quantity.Of(tenant.Total),8}{Quantity.Of(tenant.Affected),7}{Quantity.Of(tenant.Headline?.Prompted ?? 0),10}"
            + $"{Quantity.Of(tenant.Headline?.CannotGetThrough ?? 0),7}{Quantity.Of(Unknown(tenant)),7}{(tenant.Change is { Worse: true } ? "  worse" : "")}";
    }

    private static IEnumerable<string> One(TenantReadiness tenant)
    {
        string name = tenant.Tenant.IsSandbox ? $"SANDBOX {tenant.Tenant.Name}" : tenant.Tenant.Name;
        if (tenant.Error is { } error)
        {
            yield return $"Readiness of {name}: not read. {error.Message} {error.Advice}".TrimEnd();
            yield break;
        }

        yield return $"Readiness of {name}, {Quantity.Of(tenant.Total, "person", "people")}, "
            + $"{(tenant.AsOf == "live" ? "read live" : "by the registration report")}";
        foreach (BandEntry band in tenant.Bands) yield return $"  {band.Band,-3} {Quantity.Of(band.People),9}  {band.Meaning}{Delta(tenant, band.Band)}";
        if (tenant.Flags.Count > 0)
        {
            yield return "Flags: " + string.Join(", ", tenant.Flags.OrderByDescending(static f => f.Value).Take(8)
                .Select(static f => $"{f.Key} {Quantity.Of(f.Value)}"));
        }

        foreach (string line in Limited(tenant.Unknown, MostUnknown,
            static u => $"Unknown: {u.Column}: {Short(u.Why)} {u.Advice}".TrimEnd())) yield return line;
        foreach (string line in Limited(tenant.Findings.OrderByDescending(static f => f.Urgent), MostFindings,
            static f => $"{(f.Urgent ? "!" : "-")} {Short(f.Message)}{(f.Remedy.Length > 0 ? " " + Short(f.Remedy) : "")}")) yield return line;
        foreach (string line in Report(tenant)) yield return line;
        foreach (string line in Headline(tenant)) yield return line;
    }

    private static IEnumerable<string> Report(TenantReadiness tenant)
    {
        if (tenant.Report is not { Read: true } report) yield break;
        yield return $"Microsoft's report lacks {Quantity.Of(report.MissingPeople, "person", "people")} ({Quantity.Of(report.MissingDisabled)} disabled), "
            + $"differs for {Quantity.Of(report.DifferentPeople)}, has {Quantity.Of(report.RowsWithoutPerson, "row")} of people not in the directory.";
        if (report.Differences.IsEmpty) yield break;
        string differences = string.Join(", ", report.Differences.Select(static d => $"{d.Method} {Quantity.Of(d.Ours)}/{Quantity.Of(d.Report)}"));
        yield return $"Differences (people here/in the report): {differences}.";
    }

    private static IEnumerable<string> Headline(TenantReadiness tenant)
    {
        if (tenant.Headline is not { } headline) yield break;
        if (tenant.Requests is { } requests)
        {
            yield return $"Requests: {Quantity.Of(requests.Report)} report, {Quantity.Of(requests.Directory)} directory, "
                + $"{Quantity.Of(requests.LivePeople)} people live in {Quantity.Of(requests.LiveBatches, "batch", "batches")}; "
                + $"{requests.PerPerson.ToString(CultureInfo.InvariantCulture)} per person.";
        }

        if (tenant.Change is { } change)
        {
            yield return $"Since {change.At:yyyy-MM-dd} ({change.RunId}): {(change.Worse ? "worse" : "not worse")}, B0 to B3 {Signed(change.Affected)}.";
        }

        yield return $"Lose password reset: {Quantity.Of(headline.LosePasswordReset)}; not known: {Quantity.Of(headline.PasswordResetNotKnown)}.";
        if (tenant.Dates is not { } dates)
        {
            yield return $"No date is announced for this tenant. Affected (B0 to B3): {Quantity.Of(tenant.Affected)}.";
            yield break;
        }

        foreach (PromptEntry later in headline.Dates.Where(prompt => prompt.On != dates.Members))
        {
            yield return $"Prompted on {later.On:yyyy-MM-dd}: {Quantity.Of(later.Prompted)}; cannot get through: {Quantity.Of(later.CannotGetThrough)}.";
        }

        yield return $"{DaysLeft(dates)}; {Quantity.Of(tenant.Affected)} in B0 to B3"
            + (dates.PerWorkingDay is { } pace ? $", {pace.ToString(CultureInfo.InvariantCulture)} per working day." : ".");
        yield return $"Prompted on {dates.Members:yyyy-MM-dd}: {Quantity.Of(headline.Prompted)}. Cannot get through: {Quantity.Of(headline.CannotGetThrough)}"
            + $"{Causes(headline, dates)}. Not known: {Quantity.Of(headline.NotKnown)}.";
    }

    /// <summary>The countdown, also after the date.</summary>
    public static string DaysLeft(DatesEntry dates)
    {
        ArgumentNullException.ThrowIfNull(dates);
        return dates.DaysLeft switch
        {
            > 0 => $"{Quantity.Of(dates.DaysLeft, "day")} left",
            0 => "The date is today",
            < 0 => $"The date was {Quantity.Of(-dates.DaysLeft, "day")} ago",
        };
    }

    private static string Causes(HeadlineEntry headline, DatesEntry dates)
    {
        string[] no = [PromptOutcome.GetsThrough.Name(), PromptOutcome.NotKnown.Name()];
        string causes = string.Join(", ", headline.Dates.Where(prompt => prompt.On == dates.Members).SelectMany(static prompt => prompt.Outcomes)
            .Where(outcome => !no.Contains(outcome.Key, StringComparer.Ordinal)).Select(static outcome => $"{outcome.Key} {Quantity.Of(outcome.Value)}"));
        return causes.Length == 0 ? "" : $" ({causes})";
    }

    private static string Delta(TenantReadiness tenant, string band) =>
        tenant.Change is { } change && change.Bands.TryGetValue(band, out long delta) ? $"  ({Signed(delta)})" : "";

    private static string Signed(long number) => (number > 0 ? "+" : "") + number.ToString("N0", CultureInfo.InvariantCulture);

    private static long Unknown(TenantReadiness tenant) => tenant.Bands.Where(static band => band.Band == "?").Sum(static band => band.People);

    private static IEnumerable<string> Limited<T>(IEnumerable<T> items, int most, Func<T, string> line)
    {
        T[] all = [.. items];
        foreach (T item in all.Length > most ? all.Take(most - 1) : all) yield return line(item);
        if (all.Length > most) yield return $"  … and {all.Length - most + 1} more";
    }

    private static string Short(string text) => text.Length > 200 ? text[..199] + "…" : text;
}
