using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;
using ProvisioningConnector.Facade.Telemetry;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>Takes from a request what its operation works with, and refuses what is not understood: a mistyped dry run must not write.</summary>
internal sealed class CallReading(RequestTenants tenants, RequestBodies bodies, KeyedDigests digests, Figures figures, PlanLimit plans)
{
    public const string DryRun = "dryRun";

    private const string UserValue = "user";

    /// <exception cref="FacadeRefusal">400, 404, 415.</exception>
    public async Task<PlainCall> ReadAsync(HttpContext context, PlainOperation operation)
    {
        HttpRequest request = context.Request;
        string? key = operation.Writes ? IdempotencyKey.Read(request.Headers) : null;
        ImmutableDictionary<string, string> query = Queries(request, operation);
        bool dryRun = operation.Writes && IsDryRun(request, query);
        RevisionCondition match = Match(request.Headers);
        bool onlyNew = OnlyNew(request, operation);
        UserKey? user = operation.IsOfUser ? RouteText.User(context, UserValue) : null;
        JsonElement body = operation.Body is null ? default : await BodyAsync(context, operation.Body);
        TenantSession session = await tenants.OpenAsync(context);
        string tenant = session.Settings.Name;
        return new PlainCall
        {
            Operation = operation, Session = session, Key = key, Digests = digests, Figures = figures,
            Named = user, Caller = context.Caller(), Plans = plans,
            Route = request.RouteValues.Where(v => v.Key is not (RequestCaller.TenantValue or UserValue)).ToImmutableDictionary(v => v.Key,
                v => RouteText.Value(context, v.Key) ?? string.Empty, StringComparer.Ordinal),
            Query = query, Body = body, DryRun = dryRun, IfMatch = match, OnlyNew = onlyNew,
            Allowance = operation.Writes ? RequestAllowance.Read(context, tenant) : RequestAllowance.None,
        };
    }

    private static ImmutableDictionary<string, string> Queries(HttpRequest request, PlainOperation operation)
    {
        ImmutableDictionary<string, string>.Builder known = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        string[] names = [.. operation.Queries.Select(q => q.Name)];
        foreach ((string name, StringValues values) in request.Query)
        {
            string? value = values.Count == 1 ? values[0] : null;
            // ASP.NET folds case and so merges 'dryrun' into 'dryRun'; the table's spelling is the only one.
            if (names.Contains(name, StringComparer.Ordinal)) known[name] = value
                ?? throw JsonBodyReader.Bad("queryTwice", $"The query parameter '{name}' occurs twice.");
            else throw JsonBodyReader.Bad("unknownQuery",
                $"{JsonBodyReader.Shown(name)} is not a query parameter here. Nothing was done. {Suggestion.Hint(name, names)}");
        }

        return known.ToImmutable();
    }

    private static bool IsDryRun(HttpRequest request, ImmutableDictionary<string, string> query)
    {
        bool? parameter = query.GetValueOrDefault(DryRun) switch
        {
            null => null,
            "false" => false,
            "true" => true,
            _ => throw JsonBodyReader.Bad("badQuery", "dryRun must be true or false. Nothing was written."),
        };
        return request.IsDryRunWrite(parameter).Succeeded(out bool dry, out CrestError? wrong) ? dry : throw JsonBodyReader.Bad("badDryRun", wrong.Message);
    }

    private static RevisionCondition Match(IHeaderDictionary headers)
    {
        string text = headers.IfMatch.ToString();
        return text.Length == 0 ? RevisionCondition.Unconditional : EntityTags.Parse(text)
            ?? throw JsonBodyReader.Bad("badIfMatch", "The header If-Match cannot be understood. Send back the ETag that was read.");
    }

    /// <summary>Only "there is to be none yet" means something on a write; anything else would be a condition that no one checks.</summary>
    private static bool OnlyNew(HttpRequest request, PlainOperation operation)
    {
        string text = request.Headers.IfNoneMatch.ToString().Trim();
        if (!operation.Writes || text.Length == 0) return false;
        return text == "*" && HttpMethods.IsPut(operation.Method)
            ? true : throw JsonBodyReader.Bad("badIfNoneMatch",
                "If-None-Match is possible here as '*' on a PUT only. Use If-Match with the ETag that was read.");
    }

    private async Task<JsonElement> BodyAsync(HttpContext context, BodyShape shape)
    {
        // The size is not known before it is read, and nothing is no more encoded than typed.
        bool isThere = context.Request.ContentLength is not (null or 0) || context.Request.Headers.TransferEncoding.Count > 0;
        if (RequestBody.Refusal(context.Request, BodyDialect.Plain, isThere) is { } refused) throw new FacadeRefusal(refused.Code, refused.Message);
        RequestBody body = await bodies.ReadAsync(context, BodyDialect.Plain);
        if (body.IsBlank) return shape.Required ? throw JsonBodyReader.Bad("bodyMissing", "A JSON body is required.") : default;
        if (body.Any().Succeeded(out JsonElement json, out CrestError? wrong)) return json;
        throw wrong.Status == CrestStatus.BadRequest
            ? JsonBodyReader.Bad("badJson", $"{wrong.Message}. Nothing was written.") : new FacadeRefusal(wrong.Code, wrong.Message);
    }
}
