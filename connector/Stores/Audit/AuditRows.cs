using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.InteropServices;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Audit;

/// <summary>
/// The table <c>audit</c>, to which rows are only added. The chain signs what records say; that it lies encrypted, and is
/// encrypted anew with a new key, does not touch the chain.
/// </summary>
internal sealed class AuditRows(StoreDatabase database, ValueEncryption vault)
{
    /// <summary>Appends behind whatever is last now, also when another process put it there. Inside a write transaction.</summary>
    public long Append(DbConnection connection, ReadOnlySpan<byte> key, byte[] body)
    {
        database.Claim(connection, "audit");
        (long number, ImmutableArray<byte> mac) = Last(connection);
        AuditRecord record = AuditChain.Next(key, number, mac, body);
        using DbCommand command = connection.Statement(
            "INSERT INTO audit (number, previous, mac, body) VALUES (@number, @previous, @mac, @body)", "@number", "@previous", "@mac", "@body")
            .With(record.Number, Bytes(record.Previous), Bytes(record.Mac), vault.Seal(body, SealedField.OfAudit(record.Number)));
        command.ExecuteNonQuery();
        return record.Number;
    }

    /// <summary>Number and MAC of the last record; 0 and <see cref="AuditChain.Beginning"/> when there is none.</summary>
    public static (long Number, ImmutableArray<byte> Mac) Last(DbConnection connection)
    {
        using DbCommand command = connection.Statement("SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1");
        using DbDataReader reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), Take(reader, 1)) : (0, AuditChain.Beginning);
    }

    public ImmutableArray<AuditRecord> Page(DbConnection connection, long after, int most)
    {
        using DbCommand command = connection.Statement(
            "SELECT number, previous, mac, body FROM audit WHERE number > @after ORDER BY number LIMIT @most", "@after", "@most").With(after, (long)most);
        using DbDataReader reader = command.ExecuteReader();
        ImmutableArray<AuditRecord>.Builder page = ImmutableArray.CreateBuilder<AuditRecord>();
        while (reader.Read()) page.Add(new AuditRecord(reader.GetInt64(0), Take(reader, 1), Take(reader, 2),
            Open(reader.GetInt64(0), reader.GetFieldValue<byte[]>(3))));
        return page.ToImmutable();
    }

    private ImmutableArray<byte> Open(long number, byte[] body)
    {
        try
        {
            return ImmutableCollectionsMarshal.AsImmutableArray(vault.Open(body, SealedField.OfAudit(number)));
        }
        catch (StoreException damaged) when (damaged.Problem == StoreProblem.Damaged)
        {
            // Someone wrote into it; an empty body is not what was signed, so the chain's check shows where.
            return [];
        }
    }

    private static ImmutableArray<byte> Take(DbDataReader reader, int column) =>
        ImmutableCollectionsMarshal.AsImmutableArray(reader.GetFieldValue<byte[]>(column));

    private static byte[] Bytes(ImmutableArray<byte> bytes) => [.. bytes];
}
