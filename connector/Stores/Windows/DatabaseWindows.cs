using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Windows;

/// <summary>
/// Counts of writes to single users in the run store's database. Reserving and releasing cost no flush of their own: a reservation is durable
/// with the beginning of the run that follows it, and so before anything is sent.
/// </summary>
internal sealed class DatabaseWindows(StoreDatabase database, CommitQueue queue, ValueEncryption vault) : IWriteWindows
{
    /// <inheritdoc/>
    public async ValueTask<WindowAnswer> ReserveAsync(WindowClaim claim, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return await queue.CommitSoftlyAsync(writes => Reserve(writes.Connection, claim), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(WindowGrant grant, AppliedWrites unused, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grant);
        ArgumentNullException.ThrowIfNull(unused);
        AppliedWrites back = new(-unused.Add, -unused.Update, -unused.Delete, -unused.LastPhone);
        await queue.CommitSoftlyAsync(
            writes =>
            {
                WindowRows rows = new(database, writes.Connection);
                rows.Claim();
                rows.Add(Name(grant.Claim.TenantId), vault.Digest(grant.Claim.Actor), grant.Claim.At, back);
                foreach (OpeningShare share in RollingLimits.GiveBack(grant, unused)) rows.Take(share.OpeningId, -share.Number);
                return true;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<WindowUse> UseAsync(string tenantId, string? actor, DateTimeOffset now, CancellationToken cancellation) => await database.ReadAsync(
        connection => new WindowRows(database, connection).Use(Name(tenantId), actor is null ? null : vault.Digest(actor), now), cancellation);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is an opening with this id.</exception>
    public async ValueTask OpenAsync(LimitOverride opening, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(opening);
        LimitOverride named = opening with { TenantId = Name(opening.TenantId), Used = 0 };
        byte[] body = Body.Write(named);
        await queue.CommitAsync(
            writes =>
            {
                new WindowRows(database, writes.Connection).Open(named, vault.Seal(body, SealedField.OfOpening(named.OpeningId, named.TenantId)));
                return true;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<LimitOverride>> OpeningsAsync(string tenantId, DateTimeOffset now, CancellationToken cancellation) =>
        await database.ReadAsync(connection => Openings(new WindowRows(database, connection), Name(tenantId), now), cancellation);

    private WindowAnswer Reserve(DbConnection connection, WindowClaim claim)
    {
        WindowRows rows = new(database, connection);
        string tenant = Name(claim.TenantId);
        byte[] actor = vault.Digest(claim.Actor);
        rows.Claim();
        WindowAnswer answer = RollingLimits.Judge(claim, rows.Use(tenant, null, claim.At), rows.Use(tenant, actor, claim.At), Openings(rows, tenant, claim.At));
        if (answer is not WindowAnswer.Granted granted) return answer;
        rows.Add(tenant, actor, claim.At, claim.Writes);
        foreach (OpeningShare share in granted.Grant.Shares) rows.Take(share.OpeningId, share.Number);
        return answer;
    }

    private ImmutableArray<LimitOverride> Openings(WindowRows rows, string tenant, DateTimeOffset now) =>
        [.. rows.Openings(tenant, now).Select(row => Decode(row.Body, SealedField.OfOpening(row.Id, tenant)) with { Used = row.Used })];

    /// <summary>Tenant ids that differ in case only are one.</summary>
    private static string Name(string tenantId) => tenantId.ToUpperInvariant();

    private LimitOverride Decode(byte[] body, byte[] field)
    {
        try
        {
            return Body.Read<LimitOverride>(vault.Open(body, field));
        }
        catch (JsonException error)
        {
            throw new StoreException(StoreProblem.Damaged, $"The store {database.Place} holds an opening of a limit that this version cannot read.",
                "If a newer version has worked on this store, use that version. Otherwise restore the store from its last backup.", error);
        }
    }
}
