using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Tests.Samples;

/// <summary>Small makers of plans; every value that a test does not name is a fixed one.</summary>
internal static class Sample
{
    public static ReadOnlyMemory<byte> Key { get; } = Enumerable.Range(1, 32).Select(i => (byte)i).ToArray();

    public static KeyedDigests Digests { get; } = new(Key.Span);

    public static DateTimeOffset At { get; } = new(2026, 3, 1, 22, 30, 0, TimeSpan.Zero);

    /// <summary>What was typed: <c>provision plan /data/hr.csv --config contoso.json</c>.</summary>
    public static CommandContext Context { get; } = new()
    {
        ConfigFile = "/etc/provision/contoso.json", Tenant = "contoso", Source = new TypedSource("/data/hr.csv", []), UndoMaxAge = TimeSpan.FromDays(3),
    };

    public static PhoneNumber Number(string text) =>
        PhoneNumberReader.TryReadGraph(text, out PhoneNumber number) ? number : throw new ArgumentException("no number");

    public static CurrentSlot Slot(string? text) => text is null ? CurrentSlot.Empty : CurrentSlot.FromGraph(text);

    public static PlanHeader Head(Summary? summary = null, params GuardrailVerdict[] guardrails) => new()
    {
        PlanId = "plan-7f3a",
        CreatedAt = At,
        ToolVersion = "0.1.0",
        Actor = "kim@ops-1",
        Tenant = new("contoso", "11111111-2222-3333-4444-555555555555", "Global", IsSandbox: false),
        Origin = new PlanOrigin.Source(),
        Source = new("hr.csv", "00ff", 1000, Delta: false),
        Policy = PlanningPolicy.Default,
        Limits = new(),
        Summary = summary ?? new(),
        Forecast = new(1000, 3, 44),
        Guardrails = guardrails.Length > 0 ? [.. guardrails] : [new("MaxDeletes", Verdict.Pass, 20, 1, null, "1 delete of at most 20.")],
    };

    public static PlannedUser User(
        string text,
        CurrentMethods? current,
        DesiredMethods? desired = null,
        Situation situation = Situation.Changed,
        ImmutableArray<Operation> operations = default,
        ImmutableArray<HeldPart> held = default,
        ImmutableArray<Diagnostic> diagnostics = default,
        string? displayName = null,
        bool privileged = false,
        long ordinal = 0)
    {
        ImmutableArray<Operation> all = operations.IsDefault ? [] : operations;
        int before = current?.UsableCount ?? 0;
        int after = before + all.Sum(Effect);
        int phones = current?.PhoneCount ?? 0;
        int phonesAfter = phones + all.Count(o => o is Operation.AddPhone) - all.Count(o => o is Operation.DeletePhone);
        return new(
            new SourceRow(ordinal, new Place("hr.csv", ordinal + 2), text, UserKey.TryParse(text, out UserKey key) ? key : null, desired ?? new(), At, []),
            situation is Situation.NotFound ? null : new DirectoryUser($"00000000-0000-0000-0000-{ordinal:d12}", text, displayName),
            current,
            new UserPlan
            {
                Situation = situation,
                Operations = all,
                Held = held.IsDefault ? [] : held,
                Diagnostics = diagnostics.IsDefault ? [] : diagnostics,
                MethodsBefore = before,
                MethodsAfter = after,
                LosesLastPhone = phones > 0 && phonesAfter == 0,
            },
            privileged);
    }

    public static Func<CancellationToken, IAsyncEnumerable<PlannedUser>> Stream(params IReadOnlyList<PlannedUser> users) =>
        _ => users.ToAsyncEnumerable();

    /// <summary>A report over these users, with the summary counted from them.</summary>
    public static Report Report(PlanHeader head, params IReadOnlyList<PlannedUser> users) =>
        ProvisioningConnector.Reports.Documents.Report.From(head with { Summary = Count(users) }, Stream(users), Digests) with
        {
            Context = Context,
        };

    public static Summary Count(IReadOnlyList<PlannedUser> users)
    {
        Summary summary = users.Aggregate(new Summary(), (s, u) => s.Plus(u.Plan.Situation));
        ILookup<OperationAction, Operation> actions = users.SelectMany(u => u.Plan.Operations).ToLookup(o => o.Action);
        long Of(OperationAction action) => actions[action].LongCount();
        return summary with
        {
            Operations = new(Of(OperationAction.Add), Of(OperationAction.Update), Of(OperationAction.Delete), Of(OperationAction.Enable),
                Of(OperationAction.Disable), Of(OperationAction.Prefer), Of(OperationAction.Reset)),
            LosingLastPhone = users.LongCount(u => u.Plan.LosesLastPhone),
            EndingWithFewer = users.LongCount(u => u.Plan.MethodsAfter < u.Plan.MethodsBefore),
            HeldNotStanding = users.LongCount(u => u.Plan.Held.Any(h => !h.Standing)),
            OnlyPhone = users.LongCount(IsOnlyPhone),
            DefaultMoving = users.LongCount(u => u.Plan.Operations.Any(o => o is Operation.Prefer)),
            Drifted = users.LongCount(u => u.Plan.Held.Any(h => h.Code == HoldCodes.Drift)),
        };
    }

    private static bool IsOnlyPhone(PlannedUser user)
    {
        if (user.Current is null) return false;
        int phones = user.Current.PhoneCount + user.Plan.Operations.Sum(o => o switch { Operation.AddPhone => 1, Operation.DeletePhone => -1, _ => 0 });
        return phones > 0 && phones == user.Plan.MethodsAfter;
    }

    private static int Effect(Operation operation) => operation switch
    {
        Operation.AddPhone => 1,
        Operation.DeletePhone => -1,
        Operation.RemoveMethod remove when remove.Method.Kind.IsUsable() => -1,
        _ => 0,
    };
}
