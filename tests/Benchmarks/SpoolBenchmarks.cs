using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Spool;

namespace ProvisioningConnector.Benchmarks;

/// <summary>One plan's way through the spool: rows, a directory in pages of 999, resolution, plans for one user in twenty, reading them.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 0, iterationCount: 1)]
public class SpoolBenchmarks
{
    private const int PageSize = 999;
    private const int OneIn = 20;
    private static readonly UserPlan Equal = new() { Situation = Situation.Equal };

    [Params(100_000, 1_000_000)]
    public int Rows { get; set; }

    /// <summary>Everything in a row; says how many plans came back.</summary>
    [Benchmark]
    public async Task<long> WholePlan()
    {
        await using SqlitePlanSpool spool = SqlitePlanSpool.Create();
        for (int i = 0; i < Rows; i++) await spool.AddRowAsync(Row(i), CancellationToken.None);
        for (int first = 0; first < Rows; first += PageSize)
        {
            await spool.MatchAsync([.. Enumerable.Range(first, Math.Min(PageSize, Rows - first)).Select(User)], CancellationToken.None);
        }

        await foreach (ResolvedRow row in spool.ResolvedAsync(CancellationToken.None))
        {
            await spool.SaveAsync(new PlannedUser(row.Row, row.User, CurrentMethods.Nothing, PlanOf(row.Row)), CancellationToken.None);
        }

        long planned = 0;
        await foreach (PlannedUser _ in spool.PlannedAsync(CancellationToken.None)) planned++;
        return planned;
    }

    private static SourceRow Row(int i) => new(
        i, new Place("list.csv", i + 2), Name(i), new UserKey(UserKeyKind.Name, Name(i)), new DesiredMethods { Mobile = Managed.Value(Number(i)) }, null, []);

    private static UserPlan PlanOf(SourceRow row) => row.Ordinal % OneIn != 0
        ? Equal
        : new UserPlan
        {
            Situation = Situation.Changed, Operations = [new Operation.AddPhone(PhoneType.Mobile, Number((int)row.Ordinal), Reason.Missing)],
            MethodsAfter = 1
        };

    private static DirectoryUser User(int i) => new(
        string.Create(CultureInfo.InvariantCulture, $"00000000-0000-0000-0000-{i:D12}"), Name(i),
        "User", Name(i), i.ToString(CultureInfo.InvariantCulture), true);

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"user{i}@contoso.com");

    private static PhoneNumber Number(int i) =>
        PhoneNumberReader.TryReadGraph(string.Create(CultureInfo.InvariantCulture, $"+1 206{i:D7}"), out PhoneNumber number) ? number : default;
}
