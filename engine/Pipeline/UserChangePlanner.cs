using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Everything that only looks: resolving, reading, planning under the tenant's policy and protections.</summary>
internal sealed class UserChangePlanner(PipelinePorts ports, PipelineSettings settings, RecentWrites recent, CancellationToken life)
{
    private readonly UserPlanner _fresh = new(ports.Reads, new CheckedPlanner(ports.Numbers));
    private readonly AccountMemory _accounts = new(ports, settings, life);

    /// <summary>The object id behind a key. An object id is taken at its word: reading shows whether there is such a user.</summary>
    public async ValueTask<(string? Uid, RunResult? Problem)> ResolveAsync(UserKey key, CancellationToken cancellation)
    {
        if (key.Kind == UserKeyKind.Name && Guid.TryParse(key.Value, out _)) return (key.Value, null);
        (DirectoryUser? user, RunResult? problem) = await FindAsync(key, cancellation);
        return (user?.Uid, problem);
    }

    /// <summary>The account, looked up anew. A name that belongs to another object id than a moment ago is no longer the user meant.</summary>
    public async ValueTask<(DirectoryUser? User, RunResult? Problem)> AccountAsync(UserKey key, string uid, CancellationToken cancellation)
    {
        (DirectoryUser? user, RunResult? problem) = await FindAsync(new UserKey(UserKeyKind.Name, uid), cancellation);
        bool isOther = user is not null && !string.Equals(user.Uid, uid, StringComparison.OrdinalIgnoreCase);
        return isOther ? (null, NotFound(key)) : (user, problem);
    }

    /// <summary>Whether a request that an interrupted run left behind may still land on this user.</summary>
    public async ValueTask<RunResult?> OnTheWayAsync(string uid, string runId, CancellationToken cancellation)
    {
        if (await ports.Leases.ReadAsync(ports.Tenant.Identity.Id.ToUpperInvariant(), cancellation) is not { LandsUntil: { } lands } lease) return null;
        TimeSpan rest = lands - ports.Time.GetUtcNow();
        return rest > TimeSpan.Zero && await ports.Leases.MayBeOnTheWayAsync(lease.TenantId, uid, runId, cancellation)
            ? new RunResult.Busy(lease.Holder.RunId, rest)
            : null;
    }

    /// <summary>Reads and plans. Without the account nothing is held yet: enough to see that there is nothing to do.</summary>
    public async ValueTask<ChangePreview> LookAsync(UserChange request, string uid, DirectoryUser? account, CancellationToken cancellation)
    {
        MethodsReading reading = await ReadAsync(uid, request.Also, cancellation);
        if (reading is MethodsReading.NoUser) return new ChangePreview(NotFound(request.User));
        if (reading is MethodsReading.Failed failed) return new ChangePreview(new RunResult.NotRead(failed.Error));
        if (reading is not MethodsReading.Complete { Methods: var now }) throw new InvalidOperationException($"A reading is of an unknown kind: "
            + $"{reading.GetType().Name}.");
        if (request.DefaultMethod) now = now with { Default = await ports.Reads.ReadDefaultAsync(uid, cancellation) };
        if (request.Condition(now) is { } unmet) return new ChangePreview(new RunResult.ConditionFailed(now, unmet), Now: now);
        return request.Desired(now) switch
        {
            DesiredChange.Invalid invalid => new ChangePreview(new RunResult.Invalid(invalid.Diagnostics), Now: now),
            DesiredChange.Valid requested => await PlanAsync(request, uid, account, now, requested, cancellation),
            _ => throw new InvalidOperationException("A change is of an unknown kind."),
        };
    }

    /// <summary>Reads a user; again, while the copy that answers does not show what was written here a moment ago.</summary>
    public async ValueTask<MethodsReading> ReadAsync(string uid, KindSet also, CancellationToken cancellation)
    {
        UserRead read = new(uid, also);
        MethodsReading reading = (await ports.Reads.ReadAsync([read], cancellation))[0];
        foreach (TimeSpan pause in settings.Execution.ReadBackPauses)
        {
            if (reading is not MethodsReading.Complete complete || recent.IsShown(uid, complete.Methods)) return reading;
            await Task.Delay(pause, ports.Time, cancellation);
            reading = (await ports.Reads.ReadAsync([read], cancellation))[0];
        }

        recent.Forget(uid);
        return reading;
    }

    public ValueTask<long> PopulationAsync(CancellationToken cancellation) => _accounts.PopulationAsync(cancellation);

    public WindowClaim Claim(string actor, UserPlan plan, long population)
    {
        AppliedWrites writes = plan.Operations.Aggregate(new AppliedWrites(LastPhone: plan.LosesLastPhone ? 1 : 0),
            static (sum, operation) => operation.Action switch
        {
            OperationAction.Add => sum with { Add = sum.Add + 1 },
            OperationAction.Update => sum with { Update = sum.Update + 1 },
            OperationAction.Delete => sum with { Delete = sum.Delete + 1 },
            OperationAction.Enable or OperationAction.Disable or OperationAction.Prefer or OperationAction.Reset => sum,
        });
        return new WindowClaim(ports.Tenant.Identity.Id.ToUpperInvariant(), actor, writes, ports.Time.GetUtcNow(),
            WindowBudgets.From(settings.Limits, population));
    }

    private async ValueTask<ChangePreview> PlanAsync(UserChange request, string uid, DirectoryUser? account,
        CurrentMethods now, DesiredChange.Valid requested, CancellationToken cancellation)
    {
        DesiredMethods desired = requested.Desired;
        SourceRow row = UserChangeRun.Row(request, desired);
        Protection protection = account is null ? Protection.None(settings.Limits) : await _accounts.ProtectionAsync(request.Allowances, cancellation);
        Holds holds = account is null ? Holds.None : protection.HoldsFor(new ResolvedRow(row, account, 1, 1, null, 0));
        if (account is not null && holds.User is null) holds = holds with { User = await _accounts.DoubtAsync(account, request.Allowances, cancellation) };
        if (account is not null && holds.User is null) holds = holds with
        {
            User = await _accounts.MovedAsync(request.CalledBy ?? request.User, account, request.Allowances, cancellation),
        };
        (UserPlan plan, CurrentMethods known) = await _fresh.PlanAsync(
            new PlanRequest(now, desired, protection.Retired.For(request.Policy ?? settings.Policy, account),
                account is null ? default : Account.From(account), holds), uid, cancellation);
        plan = protection.Note(plan with { Diagnostics = [.. plan.Diagnostics, .. requested.Notes] }, account);
        PlannedUser planned = new(row, account, known, plan, account is not null && protection.IsPrivileged(account));
        return plan.Situation switch
        {
            Situation.Equal => new ChangePreview(new RunResult.NothingToDo(planned, known), planned, known),
            Situation.Held => new ChangePreview(new RunResult.Held(planned, known), planned, known),
            Situation.Changed => new ChangePreview(null, planned, known),
            Situation.Invalid or Situation.NotFound or Situation.NotRead => new ChangePreview(new RunResult.Invalid(plan.Diagnostics), planned, known),
        };
    }

    private async ValueTask<(DirectoryUser? User, RunResult? Problem)> FindAsync(UserKey key, CancellationToken cancellation) =>
        await ports.Tenant.Directory.FindAsync(key, cancellation) switch
        {
            DirectoryAnswer.Found { Users: [var user] } => (user, null),
            DirectoryAnswer.Found { Users: [] } => (null, NotFound(key)),
            DirectoryAnswer.Found found => (null, new RunResult.Invalid([Diagnostic.Error("ambiguousUser",
            $"'{key}' names {found.Users.Length} users of the tenant. Name the user by object id or user principal name.")])),
            DirectoryAnswer.Failed failed => (null, new RunResult.NotRead(failed.Error)),
            _ => throw new InvalidOperationException("An answer is of an unknown kind."),
        };

    private static RunResult.NotFound NotFound(UserKey key) => new(Diagnostic.Error("userNotFound",
        $"The tenant knows no user '{key}'. Check the spelling; a user created a few minutes ago may not be visible yet."));
}
