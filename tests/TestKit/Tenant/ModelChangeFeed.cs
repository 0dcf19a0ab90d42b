using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>Audit log and registration report of a model tenant: late, repeated, and as
/// incomplete as they are reported to be. Our own writes stand in the audit log too.</summary>
public sealed class ModelChangeFeed(VirtualWorld world, ModelTenant tenant) : IChangeFeed
{
    private readonly List<(SecurityChange Change, DateTimeOffset VisibleAt)> _outside = [];

    /// <summary>How late our own writes become visible in the audit log.</summary>
    public TimeSpan AuditDelay { get; set; }

    /// <summary>How old the state is that the report shows.</summary>
    public TimeSpan ReportDelay { get; set; }

    /// <summary>How much younger the report says its rows are than what they show.</summary>
    public TimeSpan ReportFlattery { get; set; }

    /// <summary>Why the audit log cannot be read; null when it can.</summary>
    public ServiceError? AuditError { get; set; }

    /// <summary>Why the report cannot be read; null when it can.</summary>
    public ServiceError? ReportError { get; set; }

    /// <summary>How often one of them was asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>Another administrator did something that the audit log reports.</summary>
    public void Log(string uid, TimeSpan delay) => _outside.Add((new SecurityChange(uid, world.Time.GetUtcNow(), false), world.Time.GetUtcNow() + delay));

    public async IAsyncEnumerable<FeedPage<SecurityChange>> ChangesAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Asked++;
        await world.Delay(TimeSpan.FromMilliseconds(200), cancellation);
        DateTimeOffset now = world.Time.GetUtcNow();
        IEnumerable<SecurityChange> own = tenant.Writes.Where(w => w.AppliedAt + AuditDelay <= now)
            .Select(w => new SecurityChange(w.Uid, w.AppliedAt ?? now, true));
        SecurityChange[] all = [.. _outside.Where(o => o.VisibleAt <= now).Select(o => o.Change)
            .Concat(own).Where(c => c.At >= since).OrderByDescending(c => c.At)];
        foreach (SecurityChange[] page in all.Concat(all.Take(3)).Chunk(7)) yield return new FeedPage<SecurityChange>([.. page]);
        if (AuditError is { } error) yield return new FeedPage<SecurityChange>([], error);
    }

    public async IAsyncEnumerable<FeedPage<RegistrationRow>> RegistrationsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Asked++;
        await world.Delay(TimeSpan.FromMilliseconds(200), cancellation);
        if (ReportError is { } error)
        {
            yield return new FeedPage<RegistrationRow>([], error);
            yield break;
        }

        DateTimeOffset shown = world.Time.GetUtcNow() - ReportDelay;
        foreach (ModelUser[] page in tenant.Users.Chunk(7))
        {
            yield return new FeedPage<RegistrationRow>([.. page.Select(u => new RegistrationRow(u.Account.Uid,
                MethodPresences.From(u.AsOf(shown)), shown + ReportFlattery))]);
        }
    }
}
