using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>keys new|list|revoke</c>: API keys of the facade.</summary>
internal static class KeysVerbs
{
    /// <summary>Makes a key; standard output gets it, this once.</summary>
    public static async Task<int> NewAsync(VerbContext context, KeyArguments arguments)
    {
        ConnectorSettings settings = SettingsFile.Read(context.Options.ConfigFile);
        DateTimeOffset now = context.Time.GetUtcNow();
        KeyText text = KeyText.New();
        ApiKey key = new()
        {
            Id = text.Id, Name = arguments.CheckedName(), Digest = KeyText.Digest(text.Secret),
            Grants = arguments.Grants(settings), From = arguments.Networks(),
            CreatedAt = now, CreatedBy = context.Actor, ExpiresAt = arguments.ExpiresAt(now),
        };
        await using SharedStore shared = await SharedStore.OpenAsync(settings, context.Time, context.Stop);
        if (!await shared.Store.ApiKeys.AddAsync(key, now, context.Stop))
        {
            throw new ProvisioningException("twoLiveKeys", $"'{key.Name}' has {ApiKey.MostLivePerName} live keys already.",
                "Revoke the one that is not in use any more: provision keys list, provision keys revoke ID.");
        }

        await RecordAsync(context, settings, shared, "new", key);
        context.Report($"key {key.Id} for '{key.Name}': {Grants(key)}; {Ends(key)}{(key.From.IsEmpty ? "" : $"; from {string.Join(", ", key.From)}")}");
        context.Report("Copy it now; it cannot be shown again. "
            + "Send it as 'Authorization: Bearer KEY', or as the password of Basic or X-OpenIDM-Password with the "
            + "key's name.");
        await ResultLines.WriteAsync(context,
            new { kind = "key", formatVersion = "1.0", id = key.Id, name = key.Name, key = text.Reveal(),
                grants = Names(key), from = key.From, createdAt = key.CreatedAt, expiresAt = key.ExpiresAt }, [text.Reveal()]);
        return ExitCodes.Done;
    }

    public static async Task<int> ListAsync(VerbContext context)
    {
        ConnectorSettings settings = SettingsFile.Read(context.Options.ConfigFile);
        DateTimeOffset now = context.Time.GetUtcNow();
        await using SharedStore shared = await SharedStore.OpenAsync(settings, context.Time, context.Stop);
        ImmutableArray<ApiKey> keys = await shared.Store.ApiKeys.AllAsync(context.Stop);
        await ResultLines.WriteAsync(
            context,
            new
            {
                kind = "keys", formatVersion = "1.0",
                keys = keys.Select(k => new
                {
                    id = k.Id, name = k.Name, state = State(k, now), grants = Names(k), from = k.From,
                    createdAt = k.CreatedAt, createdBy = k.CreatedBy, expiresAt = k.ExpiresAt, revokedAt = k.RevokedAt, revokedBy = k.RevokedBy,
                }),
            },
            keys.IsEmpty ? ["no keys; make one with 'provision keys new --name NAME --tenant TENANT'"]
                : keys.Select(k => $"{k.Id}  {State(k, now),-7}  {k.Name}: {Grants(k)}; "
                    + $"{Ends(k)}{(k.From.IsEmpty ? "" : $"; from {string.Join(", ", k.From)}")}"));
        return ExitCodes.Done;
    }

    public static async Task<int> RevokeAsync(VerbContext context, string id)
    {
        ConnectorSettings settings = SettingsFile.Read(context.Options.ConfigFile);
        await using SharedStore shared = await SharedStore.OpenAsync(settings, context.Time, context.Stop);
        ApiKey? before = await shared.Store.ApiKeys.FindAsync(id, context.Stop);
        if (before is null || await shared.Store.ApiKeys.RevokeAsync(id, context.Time.GetUtcNow(), context.Actor, context.Stop) is not { } key)
        {
            throw new ProvisioningException("unknownKey", $"There is no key '{id}'.", "'provision keys list' shows the ids.");
        }

        if (before.RevokedAt is null) await RecordAsync(context, settings, shared, "revoked", key);
        await ResultLines.WriteAsync(context, new { kind = "keyRevoked", formatVersion = "1.0", id = key.Id, name = key.Name, revokedAt = key.RevokedAt },
            [before.RevokedAt is null
                ? $"key {key.Id} of '{key.Name}' is revoked; its next request is refused"
                : $"key {key.Id} of '{key.Name}' was revoked before, at {key.RevokedAt:u}"]);
        return ExitCodes.Done;
    }

    private static async Task RecordAsync(VerbContext context, ConnectorSettings settings, SharedStore shared, string what, ApiKey key)
    {
        ImmutableSortedDictionary<string, string>.Builder details = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        details["keyId"] = key.Id;
        details["name"] = key.Name;
        details["grants"] = Grants(key);
        if (!key.From.IsEmpty) details["from"] = string.Join(",", key.From);
        if (key.ExpiresAt is { } end) details["expiresAt"] = end.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        await shared.Trail.AppendAsync(
            new AuditEntry { At = context.Time.GetUtcNow(), Type = AuditType.Key, Actor = context.Actor,
                ToolVersion = Identity.ToolVersion, Code = what, Reason = context.Options.Reason, Details = details.ToImmutable() }, context.Stop);
        AuditRecorder service = new(shared.Store, shared.Trail, shared.Second, settings.Tenants.Values.First(), shared.Digests, context.Actor, context.Time);
        if (await service.ConcludeAsync(context.Stop) is { } problem) await context.ReportErrorAsync(problem);
    }

    private static Dictionary<string, string[]> Names(ApiKey key) => key.Grants.ToDictionary(g => g.Key, g => g.Value.Select(r => r.Name()).ToArray());

    private static string Grants(ApiKey key) => string.Join("; ", key.Grants.Select(g => $"{g.Key}: {string.Join(",", g.Value.Select(r => r.Name()))}"));

    private static string Ends(ApiKey key) => key.ExpiresAt is { } end ? $"expires {end:u}" : "never expires";

    private static string State(ApiKey key, DateTimeOffset now) => key.RevokedAt is not null ? "revoked" : key.IsLive(now) ? "live" : "expired";
}
