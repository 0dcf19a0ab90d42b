using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Readiness;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary><c>/readiness</c>: who is affected when Microsoft's SMS and voice end, of the last run that the store keeps. The tenant is not read.</summary>
internal static class ReadinessReads
{
    private const string Path = Texts.Tenant + "/readiness";
    private const string BandQuery = "band";
    private const string CursorQuery = "cursor";

    /// <summary>What an operator runs.</summary>
    private const string Command = "provision readiness";

    private static readonly ImmutableArray<string> BandNames = [.. Enum.GetValues<Band>().Select(static band => band.Name())];

    public static ImmutableArray<PlainOperation> All { get; } =
    [
        new PlainOperation<WithoutBody>
        {
            Method = "GET", Path = Path, Id = "GetReadiness", Right = Right.Readiness, Summary = "Show how many people the end of SMS and voice affects",
            Description = "Counts by band, headline numbers and findings of the tenant, of the last run of readiness that the service keeps. No person "
                + "is named.",
            Answers = [new(200, "The last run.", typeof(ReadinessView),
                """{"runId":"a20261130T220000Zx7","createdAt":"2026-11-30T22:00:00+00:00","asOf":"report","total":10000,"affected":3120"""
                + ""","bands":[{"band":"B0","meaning":"only phones count as MFA","people":1200}],"unknown":[],"findings":[]}""")],
            RunAsync = CountsAsync,
        },
        new PlainOperation<WithoutBody>
        {
            Method = "GET", Path = Path + "/people", Id = "ListReadinessPeople", Right = Right.Readiness, Summary = "List the people of a band",
            Description = $"Pages of at most {PeoplePages.PageSize} people of the last run of readiness, where the configuration keeps people. No phone "
                + "number is in them; e-mail addresses are masked unless the key has the right readFull. Each page is recorded in the chain of evidence.",
            Queries =
            [
                new(BandQuery, "People of this band only. The question mark is written %3F.", Values: BandNames),
                new(CursorQuery, "The value next of the page before; absent: the first page."),
            ],
            Answers = [new(200, "A page.", typeof(ReadinessPeopleView),
                """{"runId":"a20261130T220000Zx7","createdAt":"2026-11-30T22:00:00+00:00","keepUntil":"2027-05-02","value":[]"""
                + ""","next":"a20261130T220000Zx7.1"}""")],
            RunAsync = PeopleAsync,
        },
    ];

    private static async Task<PlainAnswer> CountsAsync(PlainCall call, WithoutBody body, CancellationToken cancellation)
    {
        ReadinessMemory memory = new(call.Session.Workspace(call.Actor).Store, call.Session.Identity.Id);
        if (await memory.LastAsync(cancellation) is not { } run) return Missing(StatusCodes.Status404NotFound, "noReadinessRun",
            "No readiness run of this tenant is kept. An operator of the service makes one, and then one every day.");
        return TypedAnswers.From(new ReadinessView
        {
            RunId = run.RunId, CreatedAt = run.CreatedAt, AsOf = run.AsOf, Dates = run.Dates, Total = run.Total, Affected = run.Affected, Bands = run.Bands,
            Headline = run.Headline is { } headline ? ReadinessHeadlineView.From(headline) : null, Unknown = run.Unknown, Findings = run.Findings,
        });
    }

    private static async Task<PlainAnswer> PeopleAsync(PlainCall call, WithoutBody body, CancellationToken cancellation)
    {
        string? band = call.Query.GetValueOrDefault(BandQuery);
        if (band is not null && !BandNames.Contains(band, StringComparer.Ordinal)) throw JsonBodyReader.Bad("badQuery",
            $"{JsonBodyReader.Shown(band)} is not a band. {Suggestion.Hint(band, BandNames)}");
        Workspace workspace = call.Session.Workspace(call.Actor);
        PeopleHistory history = new(workspace, call.Session.Identity.Id);
        if (!history.IsOn) return Missing(StatusCodes.Status409Conflict, "peopleNotKept",
            "The configuration of the service does not keep people of this tenant, or not any more. An operator decides that with Readiness:History.");
        if (await history.Pages.IndexAsync(cancellation) is not { } index) return Missing(StatusCodes.Status404NotFound, "noReadinessRun",
            "No readiness run of this tenant is kept with its people. An operator of the service makes one, and then one every day.");
        if (!index.IsComplete) return Problem.Create(StatusCodes.Status503ServiceUnavailable, "readinessBeingKept",
            "The people of a readiness run are being written, or that was interrupted; another run writes them again.", TimeSpan.FromSeconds(10));
        int[] pages = [.. Enumerable.Range(0, index.Pages.Length).Where(page => band is null || index.Pages[page].Band == band)];
        int at = Begin(call.Query.GetValueOrDefault(CursorQuery), index, pages);
        ImmutableArray<PersonEntry> people = at < pages.Length ? await history.Pages.PageAsync(index, pages[at], cancellation) : [];
        await workspace.Audit.ExportedAsync("readiness", Path, people.Length, null, cancellation);
        return TypedAnswers.From(new ReadinessPeopleView
        {
            RunId = index.RunId, CreatedAt = index.At, KeepUntil = history.Terms.Until,
            Value = call.Full ? people : [.. people.Select(static person => person with { Mail = Masking.Address(person.Mail) })],
            Next = at + 1 < pages.Length ? $"{index.RunId}.{pages[at + 1].ToString(CultureInfo.InvariantCulture)}" : null,
        });
    }

    /// <summary>The place of the page that a cursor names, among those that were asked for.</summary>
    private static int Begin(string? cursor, PeopleIndex index, int[] pages)
    {
        if (cursor is null) return 0;
        string[] parts = cursor.Split('.');
        if (parts is not [var run, var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int page))
            throw JsonBodyReader.Bad("badCursor", "The cursor is not one that a page gave as next. Begin without a cursor.");
        if (run != index.RunId) throw new FacadeRefusal(StatusCodes.Status409Conflict,
            "A newer readiness run is kept by now. Begin without a cursor.")
        { Word = "newerReadinessRun" };
        return Array.IndexOf(pages, page) is >= 0 and var found ? found : throw JsonBodyReader.Bad("badCursor",
            "The cursor belongs to another band. Begin without a cursor.");
    }

    private static PlainAnswer Missing(int status, string code, string detail) =>
        Problem.Create(status, code, detail, more: new JsonObject { ["command"] = Command });
}
