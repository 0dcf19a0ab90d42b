using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Html;
using ProvisioningConnector.Reports.Readiness;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Browser.Tests;

/// <summary>Every kind of report as a file that a browser can open.</summary>
internal static class SamplePages
{
    public const int Many = 2_000;

    public static ImmutableArray<string> Names { get; } = ["plan", "blocked", "nothing", "errored", "run", "interrupted", "many", "readiness"];

    public static async Task<string> WriteAsync(string name)
    {
        string folder = Directory.CreateTempSubdirectory("pages-").FullName;
        string file = Path.Combine(folder, $"{name}.html");
        await using FileStream output = File.Create(file);
        if (name == "readiness") await ReadinessHtml.WriteAsync(SampleReadiness.Report, output, CancellationToken.None);
        else await HtmlReport.WriteAsync(Report(name), output, name, shard => File.Create(Path.Combine(folder, shard)), CancellationToken.None);
        return file;
    }

    private static Report Report(string name) => name switch
    {
        "plan" => Sample.Report(Plan(), People.All).Mask(Sample.Digests),
        "blocked" => Sample.Report(
            Plan(new GuardrailVerdict("MaxDeletes", Verdict.Blocked, 2, 7, "--allow deletes=7",
                "7 deletions, but at most 2 may happen. Nothing is written.")), People.All),
        "nothing" => Sample.Report(Plan(), People.Equal),
        "errored" => Sample.Report(Plan() with { Errored = true, Diagnostics = [Diagnostic.Error("graphDown", "The tenant did not answer.")] }, People.All),
        "run" => Runs.Report().Mask(Sample.Digests),
        "interrupted" => Runs.Report(RunOutcome.Interrupted),
        "many" => Crowd.Report(Many, Many + 500),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such page."),
    };

    /// <summary>A plan with a guardrail of each verdict, and one that is off.</summary>
    private static PlanHeader Plan(params GuardrailVerdict[] more) => Sample.Head(null,
    [
        new("MaxAdds", Verdict.Pass, null, 3, null, "3 additions; no limit applies."),
        new("MaxLastPhone", Verdict.Pass, 20, 1, null, "1 user would lose their last phone, at most 20."),
        new("ProtectPrivileged", Verdict.Held, null, 1, "--allow protected=USER", "1 administrator would change and is held."), .. more,
    ]) with
    {
        Limits = new() { MaxAdds = Limit.None },
    };
}
