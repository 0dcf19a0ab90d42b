using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Approvals;

/// <summary>Approvals in the run store's database.</summary>
internal sealed class DatabaseApprovals(StoreDatabase database, CommitQueue queue, ValueEncryption vault) : IApprovals
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is an approval with this id.</exception>
    public async ValueTask AddAsync(Approval approval, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(approval);
        byte[] body = Body.Write(approval);
        await queue.CommitAsync(writes => Add(writes.Connection, approval, body), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<Approval>> OfPlanAsync(string planId, CancellationToken cancellation) =>
        [.. (await database.ReadAsync(connection => Find(connection, planId), cancellation))
            .Select(found => Decode(found.Body, SealedField.OfApproval(found.Id, planId)))];

    private int Add(DbConnection connection, Approval approval, byte[] body)
    {
        using DbCommand command = connection.Statement("INSERT INTO approvals (approval_id, plan_id, body) VALUES (@id, @plan, @body)", "@id", "@plan", "@body")
            .With(approval.ApprovalId, approval.PlanId, vault.Seal(body, SealedField.OfApproval(approval.ApprovalId, approval.PlanId)));
        return command.ExecuteNonQuery();
    }

    private static ImmutableArray<(string Id, byte[] Body)> Find(DbConnection connection, string planId)
    {
        using DbCommand command = connection.Statement("SELECT approval_id, body FROM approvals WHERE plan_id = @plan ORDER BY no", "@plan").With(planId);
        using DbDataReader reader = command.ExecuteReader();
        ImmutableArray<(string, byte[])>.Builder found = ImmutableArray.CreateBuilder<(string, byte[])>();
        while (reader.Read()) found.Add((reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        return found.ToImmutable();
    }

    private Approval Decode(byte[] body, byte[] field)
    {
        try
        {
            return Body.Read<Approval>(vault.Open(body, field));
        }
        catch (JsonException error)
        {
            throw new StoreException(StoreProblem.Damaged, $"The store {database.Place} holds an approval that this version cannot read.",
                "If a newer version has worked on this store, use that version. Otherwise restore the store from its last backup.", error);
        }
    }
}
