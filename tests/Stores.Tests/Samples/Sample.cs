using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Tests.Samples;

/// <summary>Small values to fill a store with.</summary>
internal static class Sample
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static PhoneNumber Number(string text) =>
        PhoneNumberReader.TryReadGraph(text, out PhoneNumber number) ? number : throw new ArgumentException("no number", nameof(text));

    public static Managed<PhoneNumber> Wants(string text) => Managed.Value(Number(text));

    public static SourceRow Row(long ordinal, string? user, string? mobile = null, string? alternate = null) => new(
        ordinal,
        new Place("list.csv", ordinal + 2),
        user ?? "",
        user is not null && UserKey.TryParse(user, out UserKey key) ? key : null,
        new DesiredMethods
        {
            Mobile = mobile is null ? default : Wants(mobile),
            AlternateMobile = alternate is null ? default : Wants(alternate),
        },
        null,
        []);

    public static DirectoryUser User(string uid, string? upn = null, string? mail = null, string? employee = null) =>
        new(uid, upn ?? uid + "@contoso.com", "Name of " + uid, mail, employee, true);

    public static UserPlan Plan(Situation situation) => situation == Situation.Changed
        ? new UserPlan { Situation = situation, Operations = [Add()], MethodsAfter = 1 }
        : new UserPlan { Situation = situation };

    public static Operation Add(string number = "+1 2065550100") => new Operation.AddPhone(PhoneType.Mobile, Number(number), Reason.Missing);

    public static PlannedUser Planned(long ordinal, string uid, Situation situation = Situation.Changed) =>
        new(Row(ordinal, uid, "+1 2065550100"), User(uid), CurrentMethods.Nothing, Plan(situation));

    public static OperationResult Result(OperationOutcome outcome = OperationOutcome.Done) => new(Add(), outcome, Noon, Noon.AddSeconds(1));

    public static UserResult Done() => new() { Operations = [Result()], Verified = true };

    public static RunHeader Run(string id, DateTimeOffset? at = null) => new()
    {
        RunId = id,
        StartedAt = at ?? Noon,
        Plan = new PlanHeader
        {
            PlanId = "plan-of-" + id,
            CreatedAt = Noon,
            ToolVersion = "1.0",
            Actor = "me@here",
            Tenant = new TenantIdentity("contoso", "0000", "Global", false),
            Origin = new PlanOrigin.Source(),
            Source = new SourceIdentity("list.csv", null, 3, false),
            Policy = PlanningPolicy.Default,
            Limits = new GuardrailLimits(),
        },
    };

    public static async IAsyncEnumerable<T> Stream<T>(params T[] items)
    {
        foreach (T item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }

    public static async Task<ImmutableArray<T>> ListAsync<T>(this IAsyncEnumerable<T> stream)
    {
        ImmutableArray<T>.Builder all = ImmutableArray.CreateBuilder<T>();
        await foreach (T one in stream) all.Add(one);
        return all.ToImmutable();
    }
}
