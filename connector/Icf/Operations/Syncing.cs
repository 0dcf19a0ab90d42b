using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Icf.Operations;

/// <summary>
/// Reports whose security info changed, from the tenant's audit log. Entries come late and in no order, so each look goes back a while; the
/// token holds what was reported in that time, so that nothing is reported twice.
/// </summary>
internal sealed class Syncing(IcfPorts ports, IcfSettings settings, ReadingUsers reading, ObjectMaking making)
{
    private const int MostReported = 400;
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The point at which the feed stands now.</summary>
    public async Task<SyncToken> LatestAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = ports.Time.GetUtcNow();
        // What is there already is not delivered; a feed that cannot be read is found out here.
        ImmutableArray<SecurityChange> known = await ChangesAsync(now - settings.AuditLag, cancellation);
        return Write(now, [.. known.Select(Mark)]);
    }

    public async Task RunAsync(SyncToken token, Func<SyncDelta, bool> handler, OperationOptions options, CancellationToken cancellation)
    {
        (DateTimeOffset at, ImmutableArray<string> reported) = Read(token);
        ImmutableArray<UserAttribute> shown = AttributesToGet.Attributes(options);
        SecurityChange[] changes = [.. (await ChangesAsync(at - settings.AuditLag, cancellation))
            .Where(c => !reported.Contains(Mark(c), StringComparer.Ordinal))
            .OrderBy(c => c.At).ThenBy(c => c.Uid, StringComparer.OrdinalIgnoreCase)];
        // Of several changes of a user the last one includes all.
        HashSet<string> later = new(StringComparer.OrdinalIgnoreCase);
        HashSet<SecurityChange> last = [.. changes.Reverse().Where(c => later.Add(c.Uid))];
        foreach (SecurityChange change in changes)
        {
            at = change.At > at ? change.At : at;
            reported = reported.Add(Mark(change));
            if (last.Contains(change) && !handler(await DeltaAsync(change, Write(at, reported), shown, options, cancellation))) return;
        }
    }

    private async Task<SyncDelta> DeltaAsync(SecurityChange change, SyncToken token, ImmutableArray<UserAttribute> shown,
        OperationOptions options, CancellationToken cancellation)
    {
        if (await reading.FindAsync(change.Uid, cancellation) is { } user && await reading.ReadAsync([user], shown, cancellation) is [var read])
        {
            ConnectorObject made = making.Make(read, shown, options.Full);
            return new SyncDelta(token, SyncDeltaType.CreateOrUpdate, made.Uid, made);
        }

        return new SyncDelta(token, SyncDeltaType.Delete, new Uid(change.Uid), null);
    }

    private async Task<ImmutableArray<SecurityChange>> ChangesAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        HashSet<SecurityChange> changes = [];
        await foreach (FeedPage<SecurityChange> page in ports.Changes.ChangesAsync(since, cancellation))
        {
            if (page.Error is { Kind: ErrorKind.Forbidden or ErrorKind.Licence or ErrorKind.NotFound } missing)
            {
                throw new ConfigurationException($"The audit log cannot be read, so changes cannot be reported: {missing.Message} Grant the application "
                    + $"AuditLog.Read.All (it needs a P1 or P2 licence), or reconcile instead of synchronising.")
                { Code = missing.Code };
            }

            if (page.Error is { } error) throw ErrorMapping.Map(error);
            changes.UnionWith(page.Entries);
        }

        return [.. changes];
    }

    private static string Mark(SecurityChange change) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{change.Uid.ToUpperInvariant()} "
            + $"{change.At.UtcTicks.ToString(CultureInfo.InvariantCulture)}")))[..10];

    private static SyncToken Write(DateTimeOffset at, ImmutableArray<string> reported) =>
        new($"{at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)};{string.Join(',', reported.TakeLast(MostReported))}");

    private static (DateTimeOffset At, ImmutableArray<string> Reported) Read(SyncToken token)
    {
        string[] parts = token.Value.Split(';');
        if (parts.Length > 2 || !DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
        {
            throw new InvalidAttributeValueException("The token was not issued by this connector. Start again from the latest one.") { Code = "badToken" };
        }

        return (at, parts.Length == 2 ? [.. parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries)] : []);
    }
}
