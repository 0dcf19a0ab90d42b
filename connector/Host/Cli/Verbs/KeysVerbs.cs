using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Host.Cli.Drawing;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>keys new|list|revoke</c>: API keys of the facade.</summary>
internal sealed class KeysVerbs(CommonOptions options, Terminal terminal, Invocation invocation, Messages messages, TimeProvider time, ResultLines results)
{
    /// <summary>Makes a key; standard output gets it, this once.</summary>
    public async Task<int> NewAsync(KeyArguments arguments, CancellationToken stop)
    {
        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile);
        DateTimeOffset now = time.GetUtcNow();
        KeyText text = KeyText.New();
        ApiKey key = new()
        {
            Id = text.Id, Name = arguments.CheckedName(), Digest = KeyText.Digest(text.Secret),
            Grants = arguments.Grants(settings), From = arguments.Networks(),
            CreatedAt = now, CreatedBy = invocation.Actor, ExpiresAt = arguments.ExpiresAt(now),
        };
        await using SharedStore shared = await SharedStore.OpenAsync(settings, time, stop);
        if (!await shared.Store.ApiKeys.AddAsync(key, now, stop))
        {
            throw new ProvisioningException("twoLiveKeys", $"'{key.Name}' already has {ApiKey.MostLivePerName} active keys.",
                "Revoke the one that is no longer used: provision keys list, provision keys revoke ID.");
        }

        await RecordAsync(settings, shared, "new", key, stop);
        messages.Report($"key {key.Id} for '{key.Name}': {Grants(key)}; {Ends(key)}{(key.From.IsEmpty ? "" : $"; from {string.Join(", ", key.From)}")}");
        messages.Report("Copy it now; it cannot be shown again. "
            + "Send it as 'Authorization: Bearer KEY', or as the password of Basic or X-OpenIDM-Password with the "
            + "key's name.");
        await results.WriteAsync(
            new
            {
                kind = "key", formatVersion = "1.0", id = key.Id, name = key.Name, key = text.Reveal(),
                grants = Names(key), from = key.From, createdAt = key.CreatedAt, expiresAt = key.ExpiresAt
            }, [text.Reveal()]);
        return ExitCodes.Done;
    }

    public async Task<int> ListAsync(CancellationToken stop)
    {
        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile);
        DateTimeOffset now = time.GetUtcNow();
        await using SharedStore shared = await SharedStore.OpenAsync(settings, time, stop);
        ImmutableArray<ApiKey> keys = await shared.Store.ApiKeys.AllAsync(stop);
        await results.WriteAsync(
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
                : terminal is { OutputIsTerminal: true, Width: { } width }
                ? Drawn.Table(["ID", "STATE", "NAME", "ENDS", "RIGHTS"], [.. keys.Select(k => Cells(k, now))], width, terminal.HasColours && !options.NoColor)
                : keys.Select(k => $"{k.Id}  {State(k, now),-7}  {k.Name}: {Grants(k)}; "
                    + $"{Ends(k)}{(k.From.IsEmpty ? "" : $"; from {string.Join(", ", k.From)}")}"));
        return ExitCodes.Done;
    }

    public async Task<int> RevokeAsync(string id, bool yes, CancellationToken stop)
    {
        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile);
        await using SharedStore shared = await SharedStore.OpenAsync(settings, time, stop);
        ApiKey? before = await shared.Store.ApiKeys.FindAsync(id, stop);
        if (before is { RevokedAt: null })
        {
            Confirmation.AskBefore(terminal, yes, $"The key {before.Id} of '{before.Name}' is refused from its next request on. This cannot be undone.");
        }

        if (before is null || await shared.Store.ApiKeys.RevokeAsync(id, time.GetUtcNow(), invocation.Actor, stop) is not { } key)
        {
            throw new ProvisioningException("unknownKey", $"There is no key '{id}'.", "'provision keys list' shows the ids.");
        }

        if (before.RevokedAt is null) await RecordAsync(settings, shared, "revoked", key, stop);
        await results.WriteAsync(new { kind = "keyRevoked", formatVersion = "1.0", id = key.Id, name = key.Name, revokedAt = key.RevokedAt },
            [before.RevokedAt is null
                ? $"key {key.Id} of '{key.Name}' is revoked; its next request is refused"
                : $"key {key.Id} of '{key.Name}' was revoked before, at {key.RevokedAt:u}"]);
        return ExitCodes.Done;
    }

    private async Task RecordAsync(ConnectorSettings settings, SharedStore shared, string what, ApiKey key, CancellationToken stop)
    {
        ImmutableSortedDictionary<string, string>.Builder details = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        details["keyId"] = key.Id;
        details["name"] = key.Name;
        details["grants"] = Grants(key);
        if (!key.From.IsEmpty) details["from"] = string.Join(",", key.From);
        if (key.ExpiresAt is { } end) details["expiresAt"] = end.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        await shared.Trail.AppendAsync(
            new AuditEntry
            {
                At = time.GetUtcNow(), Type = AuditType.Key, Actor = invocation.Actor,
                ToolVersion = Identity.ToolVersion, Code = what, Reason = options.Reason, Details = details.ToImmutable()
            }, stop);
        AuditRecorder service = new(shared.Store, shared.Trail, shared.Second, settings.Tenants.Values.First(), shared.Digests, invocation.Actor, time);
        if (await service.ConcludeAsync(stop) is { } problem) await messages.ReportErrorAsync(problem);
    }

    private static Dictionary<string, string[]> Names(ApiKey key) =>
        key.Grants.ToDictionary(g => g.Key, g => g.Value.Select(r => r.Name()).ToArray(), StringComparer.Ordinal);

    private static string Grants(ApiKey key) => string.Join("; ", key.Grants.Select(g => $"{g.Key}: {string.Join(",", g.Value.Select(r => r.Name()))}"));

    private static string[] Cells(ApiKey key, DateTimeOffset now) =>
    [
        key.Id, State(key, now), Visible.Escape(key.Name), key.ExpiresAt is { } end ? $"{end.UtcDateTime:yyyy-MM-dd}" : "never",
        Grants(key).Replace(",", ", ", StringComparison.Ordinal) + (key.From.IsEmpty ? "" : $"; from {string.Join(", ", key.From)}"),
    ];

    private static string Ends(ApiKey key) => key.ExpiresAt is { } end ? $"expires {end:u}" : "never expires";

    private static string State(ApiKey key, DateTimeOffset now) => key.RevokedAt is not null ? "revoked" : key.IsLive(now) ? "live" : "expired";
}
