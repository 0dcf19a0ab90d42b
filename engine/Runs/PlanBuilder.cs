using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Drift;
using ProvisioningConnector.Engine.Runs.Incremental;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.Engine.Runs.Moves;
using ProvisioningConnector.Engine.Runs.Retiring;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>
/// Makes the plan of many users: rows into the spool, users resolved, methods read, plans drawn, guardrails asked.
/// It holds no port that can write. Memory does not grow with users; everything per user lies in the spool.
/// </summary>
/// <param name="directory">The tenant's users.</param>
/// <param name="reader">Their methods.</param>
/// <param name="spool">Where rows and plans lie.</param>
/// <param name="settings">What is in force.</param>
/// <param name="progress">Receives progress.</param>
/// <param name="incremental">Chooses who is read; null: everybody.</param>
/// <param name="recorder">Remembers what was verified; null where nothing is to be remembered, as in a plan that is only shown.</param>
/// <param name="drift">Distinguishes drift from intent; null where nothing is drift, as in an undo.</param>
public sealed class PlanBuilder(
    IUserDirectory directory, IMethodsReader reader, IPlanSpool spool, PlanSettings settings, IRunProgress progress,
    IncrementalSelection? incremental = null, StateRecorder? recorder = null, DriftMemory? drift = null)
{
    private readonly UserPlanner _fresh = new(reader, settings.Numbers);
    private readonly PlanCounter _tally = new();
    private readonly SourceCount _source = new();
    private readonly EqualUserDiagnostics _asides = new();
    private readonly MoveFinder _moves = new();
    private readonly ProtectedLookUp _protected = new(settings.Protected);
    private ProtectedUsers _protectedUsers = ProtectedUsers.None;
    private PrivilegedReading? _privileged;

    /// <summary>Makes the plan; the users are in the spool afterwards.</summary>
    /// <param name="draft">The head as far as it is known: identity, tenant, policies. Counts, verdicts and forecast are filled in.</param>
    /// <param name="rows">The source.</param>
    /// <param name="cancellation">Stops; the spool is of no use then.</param>
    /// <exception cref="TenantException">The tenant cannot be worked with at all.</exception>
    public async Task<PlanHeader> MakeAsync(PlanHeader draft, IAsyncEnumerable<SourceRow> rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await SpoolAsync(rows, cancellation);
        ImmutableDictionary<UserKey, ServiceError> failed = await ResolveAsync(cancellation);
        Protection protection = await ProtectionAsync(cancellation);
        if (incremental is not null) await incremental.PrepareAsync(draft.Tenant.Id, cancellation);
        if (drift is not null) await drift.PrepareAsync(_source.OldestAsOf, cancellation);

        progress.Begin(RunStep.Read, spool.RowCount);
        await BoundedConcurrency.ForEachAsync(
            RowPages.OfAsync(RecallAsync(draft.Tenant.Id, DueAsync(draft, failed, cancellation), cancellation), IMethodsReader.MaxUsers, cancellation),
            settings.ReadsInFlight, (batch, c) => ReadAsync(batch, protection, c), cancellation);
        if (recorder is not null) await recorder.FlushAsync(cancellation);

        progress.Begin(RunStep.Guard, null);
        PlanRevision revision = new(spool, _tally, _moves, (user, holds, need, c) => AgainAsync(user, holds, need, protection, c));
        await revision.OrderMovesAsync(cancellation);
        long population = draft.Source.Delta || incremental is not null || settings.Only is not null ? await directory.CountAsync(cancellation) : _tally.Read;
        PlanMeasures measures = Measure(population, draft.Source.Delta);
        ImmutableArray<GuardrailVerdict> verdicts = GuardrailPanel.Judge(measures, settings.Limits, settings.Allowances);
        await revision.WithholdAsync(GuardrailPanel.Withheld(verdicts), cancellation);
        progress.Finish();
        return Finish(draft with { Population = population }, verdicts);
    }

    /// <summary>Plans the rows of one user only, as the whole plan would: duplicates and shared numbers are counted over all rows.</summary>
    /// <param name="tenantId">Whose memory is asked.</param>
    /// <param name="user">The user, already found.</param>
    /// <param name="rows">The whole source.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<ImmutableArray<PlannedUser>> ExplainAsync(string tenantId, DirectoryUser user,
        IAsyncEnumerable<SourceRow> rows, CancellationToken cancellation)
    {
        await SpoolAsync(rows, cancellation);
        progress.Finish();
        await spool.MatchAsync([user], cancellation);
        Protection protection = await ProtectionAsync(cancellation);
        if (drift is not null) await drift.PrepareAsync(_source.OldestAsOf, cancellation);
        ImmutableArray<PlannedUser>.Builder plans = ImmutableArray.CreateBuilder<PlannedUser>();
        await foreach (ResolvedRow row in spool.ResolvedAsync(cancellation))
        {
            if (row.User is null) continue;
            if (RowRules.Settle(row, null) is { } settled) plans.Add(settled);
            else plans.Add((await PlansAsync(drift is null ? [new RecalledRow(row)] : await drift.RecallAsync(tenantId, [row], cancellation),
                protection, cancellation))[0]);
        }

        return plans.ToImmutable();
    }

    private async Task SpoolAsync(IAsyncEnumerable<SourceRow> rows, CancellationToken cancellation)
    {
        progress.Begin(RunStep.Source, null);
        await foreach (SourceRow row in rows.WithCancellation(cancellation))
        {
            _source.Observe(row);
            _moves.Observe(row);
            await spool.AddRowAsync(row, cancellation);
            progress.Advance(RunStep.Source, 1);
        }
    }

    /// <summary>Ties rows to users; gives the keys whose look-up did not get a trustworthy answer.</summary>
    private async Task<ImmutableDictionary<UserKey, ServiceError>> ResolveAsync(CancellationToken cancellation)
    {
        ImmutableDictionary<UserKey, ServiceError>.Builder failed = ImmutableDictionary.CreateBuilder<UserKey, ServiceError>();
        progress.Begin(RunStep.Directory, null);
        if (spool.RowCount > settings.SmallSource)
        {
            await foreach (ImmutableArray<DirectoryUser> page in directory.PagesAsync(cancellation))
            {
                await spool.MatchAsync(page, cancellation);
                _protected.Observe(page);
                progress.Advance(RunStep.Directory, page.Length);
            }

            return failed.ToImmutable();
        }

        await BoundedConcurrency.ForEachAsync(spool.KeysAsync(cancellation), settings.LookUpsInFlight, async (key, c) =>
        {
            switch (await directory.FindAsync(key, c))
            {
                case DirectoryAnswer.Found found:
                    await spool.MatchAsync(key, found.Users, c);
                    break;
                case DirectoryAnswer.Failed problem:
                    lock (failed) failed[key] = problem.Error;
                    break;
            }

            progress.Advance(RunStep.Directory, 1);
        }, cancellation);
        return failed.ToImmutable();
    }

    /// <summary>Rows whose users are to be read; users who are not due count as equal.</summary>
    private IAsyncEnumerable<ResolvedRow> DueAsync(PlanHeader draft, ImmutableDictionary<UserKey, ServiceError> failed, CancellationToken cancellation)
    {
        IAsyncEnumerable<ResolvedRow> open = OpenAsync(failed, cancellation);
        return incremental is null ? open : incremental.DueAsync(draft, open, row => KeepAsync(RowRules.NotDue(row), default, cancellation),
            (row, entry) => KeepAsync(RowRules.Waiting(row, entry), default, cancellation), cancellation);
    }

    /// <summary>Rows that a reading can say something about; all others are settled on the way.</summary>
    private async IAsyncEnumerable<ResolvedRow> OpenAsync(
        ImmutableDictionary<UserKey, ServiceError> failed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (ResolvedRow row in spool.ResolvedAsync(cancellation))
        {
            if (settings.Only is { } only && !only(row.Row)) continue;
            _tally.Observe(row);
            _moves.Observe(row);
            ServiceError? problem = row.Row.Key is { } key ? failed.GetValueOrDefault(key) : null;
            if (RowRules.Settle(row, problem) is { } settled) await KeepAsync(settled, default, cancellation);
            else yield return row;
        }
    }

    private IAsyncEnumerable<RecalledRow> RecallAsync(string tenantId, IAsyncEnumerable<ResolvedRow> rows, CancellationToken cancellation) =>
        drift?.RecallAsync(tenantId, rows, cancellation) ?? rows.Select(row => new RecalledRow(row));

    private async ValueTask<Protection> ProtectionAsync(CancellationToken cancellation)
    {
        _protectedUsers = await _protected.EndAsync(directory, cancellation);
        _privileged = settings.Limits.ProtectPrivileged ? await directory.ReadPrivilegedAsync(cancellation) : null;
        return new Protection(_protectedUsers, _privileged is PrivilegedReading.Known known ? known.Uids.WithComparer(StringComparer.OrdinalIgnoreCase) : [],
            settings.Limits, settings.Allowances)
        {
            Retiring = await RetiringLookUp.ReadAsync(
                settings.Limits.RetiringMethod, settings.Retiring, directory, _privileged, settings.Now, cancellation),
            Retired = await RetiredPeople.ReadAsync(settings.RetiredGroups, directory, cancellation),
        };
    }

    private async ValueTask ReadAsync(ImmutableArray<RecalledRow> batch, Protection protection, CancellationToken cancellation)
    {
        DateTimeOffset readAt = recorder?.Now ?? default;
        foreach (PlannedUser planned in await PlansAsync(batch, protection, cancellation)) await KeepAsync(planned, readAt, cancellation);
    }

    private async ValueTask<ImmutableArray<PlannedUser>> PlansAsync(ImmutableArray<RecalledRow> batch, Protection protection, CancellationToken cancellation)
    {
        ImmutableArray<UserRead> users = [.. batch.Select(r => UserRead.For(Uid(r.Row), r.Row.Row.Desired))];
        ImmutableArray<MethodsReading> readings = await reader.ReadAsync(users, cancellation);
        ImmutableArray<SignInNeed> needs = settings.SignIns is { } memory ? await memory.NeedsAsync(users, readings, cancellation) : [];
        ImmutableArray<PlannedUser>.Builder plans = ImmutableArray.CreateBuilder<PlannedUser>(batch.Length);
        for (int i = 0; i < batch.Length; i++)
        {
            ResolvedRow row = batch[i].Row;
            plans.Add(readings[i] switch
            {
                MethodsReading.Complete complete => await PlanAsync(
                    batch[i], complete.Methods, needs.IsEmpty ? SignInNeed.None : needs[i], protection, cancellation),
                MethodsReading.NoUser => RowRules.NotFound(row),
                MethodsReading.Failed problem => RowRules.NotRead(row, problem.Error),
                _ => throw new InvalidOperationException($"A reading is of an unknown kind: {readings[i].GetType().Name}."),
            });
        }

        return plans.MoveToImmutable();
    }

    /// <summary>The plan with what is held because the tenant is newer than the source.</summary>
    private async ValueTask<PlannedUser> PlanAsync(
        RecalledRow recalled, CurrentMethods current, SignInNeed need, Protection protection, CancellationToken cancellation)
    {
        ResolvedRow row = recalled.Row;
        Holds holds = protection.HoldsFor(row);
        PlanCase it = new(row.Row, row.User, current, holds, need);
        if (drift is null || row.Row.Condition is not null) return await PlanAsync(it, protection, cancellation);
        (holds, ImmutableArray<DriftedValue> corrected) = drift.Judge(recalled, current, settings.Policy, holds, protection.MayMove(row));
        PlannedUser planned = await PlanAsync(it with { Holds = holds }, protection, cancellation);
        planned = planned with { Plan = drift.AddDiagnostics(planned.Plan, corrected, row.Row.Desired, current) };
        return HeldMemory.Judge(planned, recalled.State?.Held ?? [], settings.Policy.HeldIsFinding, settings.Now);
    }

    private async ValueTask<PlannedUser> PlanAsync(PlanCase it, Protection protection, CancellationToken cancellation)
    {
        (SourceRow row, DirectoryUser? user, CurrentMethods current, Holds holds, SignInNeed need) = it;
        if (row.Condition is { } condition)
        {
            if (condition.Preferred is not null && user is not null) current = current with { Default = await reader.ReadDefaultAsync(user.Uid, cancellation) };
            holds = condition.HoldsFor(current, holds);
        }

        Account account = user is null ? default : Account.From(user);
        (UserPlan plan, CurrentMethods known) = await _fresh.PlanAsync(
            new PlanRequest(current, row.Desired, protection.Retired.For(settings.Policy, user), account, holds) { SignIn = need },
            user?.Uid ?? string.Empty, cancellation);
        if (need != SignInNeed.None) plan = plan with { Move = new NumberMove { SignIn = need } };
        if (row.Condition is not null) plan = row.Condition.List(plan);
        plan = protection.Note(plan, user);
        UserPlan reported = row.Diagnostics.IsEmpty ? plan : plan with { Diagnostics = [.. row.Diagnostics, .. plan.Diagnostics] };
        return new PlannedUser(row, user, known, reported with { Diagnostics = RowRules.AtRow(reported.Diagnostics, row.Place) },
            user is not null && protection.IsPrivileged(user));
    }

    /// <param name="user">As planned.</param>
    /// <param name="readAt">Just before the read; meaningless for users who were not read.</param>
    /// <param name="cancellation">Stops.</param>
    private async ValueTask KeepAsync(PlannedUser user, DateTimeOffset readAt, CancellationToken cancellation)
    {
        _tally.Add(user);
        _asides.Add(user);
        _moves.Observe(user);
        await spool.SaveAsync(user, cancellation);
        if (recorder is not null) await recorder.PlannedAsync(user, readAt, cancellation);
        progress.Advance(RunStep.Read, 1);
        if (user.Plan.Situation is Situation.Invalid or Situation.NotFound or Situation.NotRead) progress.Mark(RunStep.Read, StepMark.Failed);
        else if (!user.Plan.Held.IsEmpty) progress.Mark(RunStep.Read, StepMark.Held);
    }

    private async ValueTask<PlannedUser> AgainAsync(
        PlannedUser user, Holds holds, SignInNeed need, Protection protection, CancellationToken cancellation) =>
        HeldMemory.Keep(
            await PlanAsync(new PlanCase(user.Row, user.User, user.Current ?? CurrentMethods.Nothing, holds, need), protection, cancellation), user);

    private PlanMeasures Measure(long population, bool delta) => _tally.Measure(population) with
    {
        Past = settings.Memory.Past,
        LastAccepted = settings.Memory.LastAccepted,
        Source = Census(),
        SourceSha256 = settings.SourceSha256(),
        IsDelta = delta,
        PrivilegedOrigin = (_privileged as PrivilegedReading.Known)?.Origin,
        PrivilegedUnreadable = (_privileged as PrivilegedReading.Unreadable)?.Error,
    };

    private SourceCensus? Census() => settings.Origin.IsList ? _source.ToCensus(settings.SourceDate) : null;

    private PlanHeader Finish(PlanHeader draft, ImmutableArray<GuardrailVerdict> verdicts)
    {
        Summary summary = _tally.Summary;
        long reads = 2 * summary.Changed;
        long writes = summary.Operations.Total;
        return draft with
        {
            Source = draft.Source with { Rows = spool.RowCount, Sha256 = settings.SourceSha256() ?? draft.Source.Sha256, Census = Census() },
            Summary = summary,
            Guardrails = verdicts,
            Forecast = settings.Forecast(reads, writes),
            Diagnostics = [.. draft.Diagnostics, .. incremental?.Diagnostics ?? [], .. drift?.Diagnostics ?? [],
                .. _asides.ToDiagnostics(), .. RetiringPhones.Summary(_tally.RetiringWarned), .. _protectedUsers.Problems(Severity.Warning)],
        };
    }

    /// <summary>What a user is planned from.</summary>
    private sealed record PlanCase(SourceRow Row, DirectoryUser? User, CurrentMethods Current, Holds Holds, SignInNeed Need);

    private static string Uid(ResolvedRow row) => row.User?.Uid ?? throw new InvalidOperationException("Only rows with exactly one user are read.");
}
