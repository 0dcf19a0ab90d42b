using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Telemetry;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Objects;
using ProvisioningConnector.Icf.Operations;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>PUT and PATCH: one change of one user, or its plan.</summary>
internal sealed class UserWrites(
    RequestTenants tenants, RequestBodies bodies, ReplyDeadline deadline, WorkInFlight work, Figures figures, KeyedDigests digests, PlanLimit plans)
{
    private const string Operation = "UPDATE";
    private static readonly PlanOrigin.Request Origin = new(null);

    public async Task PutAsync(HttpContext context, UserPath path, SystemCall call, RevisionCondition condition)
    {
        Demand(context, path, call);
        JsonElement body = (await bodies.ReadAsync(context, BodyDialect.Crest)).Object().OrRefuse();
        await WriteAsync(context, path, call, condition, BodyAttributes.Read(body, path.Id ?? "").OrRefuse());
    }

    public async Task PatchAsync(HttpContext context, UserPath path, SystemCall call, RevisionCondition condition)
    {
        Demand(context, path, call);
        RequestBody body = await bodies.ReadAsync(context, BodyDialect.Crest);
        await WriteAsync(context, path, call, condition, PatchDeltas.Read(body.Bytes.Span, body.Limits).OrRefuse());
    }

    /// <summary>What the body needs beyond this is found out when it is known what it would change.</summary>
    private static void Demand(HttpContext context, UserPath path, SystemCall call)
    {
        if (call.IsDryRun) context.Demand(path.Tenant, Right.Plan);
        else if (!context.Caller().MayWriteAnything(path.Tenant)) throw RequestCaller.Forbidden(Right.Phones);
    }

    private async Task WriteAsync(HttpContext context, UserPath path, SystemCall call,
        RevisionCondition condition, ImmutableArray<AttributeDelta> deltas)
    {
        TenantSession session = await tenants.OpenAsync(context);
        Facade.Access.Caller caller = context.Caller();
        string tenant = session.Settings.Name;
        ShownFields shown = ShownFields.OfWrite(call.Query.Fields);
        // A caller who may not read sees only what they set.
        if (!caller.Can(tenant, Right.Read)) shown = shown.Within(deltas.Select(d => d.Name));
        RequestAllowance allowance = RequestAllowance.Read(context, tenant);
        Icf.Objects.Initiator asking = new(caller.Actor, Origin)
        {
            Allowances = allowance.Allowances, Allow = allowance.Allow, Reason = allowance.Reason,
            DryRun = call.IsDryRun, NewStore = session.NewStore, MayWrite = call.IsDryRun ? null : caller.MayName(tenant),
            ReadsInFull = caller.Can(tenant, Right.ReadFull),
        };
        OperationOptions options = shown.Options(caller.CanReadInFull(tenant, shown.Attributes, deltas));
        UpdateAnswer answer = await path.FindingAsync(Operation,
            deadline.GiveAsync(context, Answers.Late, tenant, (waiting, gone) => waiting.ChangeAsync(async cancellation =>
        {
            Uid uid = new(path.Id ?? "", await RevisionAsync(session, path, condition, cancellation));
            return await CountedAsync(Count,
                session.Icf.UpdateDeltaAsync(path.Class, uid, deltas, asking with { Begun = waiting.Begin },
                options, cancellation));
        }, work.Stopping, gone)));
        if (answer.Change is RunResult.Planned plan) await PlanAnswer.WriteAsync(context, call, plan, digests);
        else if (answer.Object is { } user)
        {
            if (ChangeDiagnostics.From(answer.Change) is { } codes) context.Response.Headers[ChangeDiagnostics.Header] = codes;
            await ReplyAsync(context, call, user, shown);
        }
        else throw new InvalidOperationException($"A change without an answer: {answer.Change.GetType().Name}.");

        void Count(RunResult result)
        {
            ChangeFigures.Record(figures, tenant, result);
            if (call.IsDryRun) plans.Count(caller, tenant, result, path.Id ?? "");
        }
    }

    private static Task ReplyAsync(HttpContext context, SystemCall call, ConnectorObject user, ShownFields shown)
    {
        if (user.Uid.Revision is { } revision) context.Response.Headers.ETag = EntityTags.Header(revision);
        return UserReads.WriteAsync(context, call, user, shown);
    }

    /// <summary>The revision that the user must have; of several the current one, so that it still guards until the write.</summary>
    private static async Task<string?> RevisionAsync(TenantSession session, UserPath path, RevisionCondition condition, CancellationToken cancellation)
    {
        if (condition is not RevisionCondition.OneOf some) return null;
        if (some.Revisions is [var one]) return one;
        string? now = await session.Icf.RevisionAsync(path.Class, new Uid(path.Id ?? ""), cancellation);
        return condition.Refusal(now) is { } refusal ? throw new CallRefusal(refusal) : now;
    }

    /// <summary>An update that ends in problems is counted too.</summary>
    private static async Task<UpdateAnswer> CountedAsync(Action<RunResult> count, Task<UpdateAnswer> update)
    {
        try
        {
            UpdateAnswer answer = await update;
            count(answer.Change);
            return answer;
        }
        catch (ConnectorException problem) when (problem.Change is { } change)
        {
            count(change);
            throw;
        }
    }
}
