using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Spool;

/// <summary>A resolved row as it comes from the database, its bodies still bytes.</summary>
internal sealed record RowRecord(byte[] Row, int Matches, byte[]? User, int RowsOfUser, byte[]? OtherPlace, int SharedBy)
{
    public static RowRecord Take(SqliteDataReader reader) => new(
        reader.GetFieldValue<byte[]>(1), reader.GetInt32(2), reader.Bytes(3), reader.GetInt32(4), reader.Bytes(5), reader.GetInt32(6));

    public ResolvedRow Read() => new(
        Body.Read<SourceRow>(Row),
        User is null ? null : Body.Read<DirectoryUser>(User),
        Matches,
        RowsOfUser,
        OtherPlace is null ? null : Body.Read<Place>(OtherPlace),
        SharedBy);
}
