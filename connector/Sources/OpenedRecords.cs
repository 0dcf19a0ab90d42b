using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources;

/// <summary>Records and the bytes they are read from.</summary>
internal sealed record OpenedRecords(RecordReader Records, HashingStream Bytes) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Records.DisposeAsync();
        await Bytes.DisposeAsync();
    }
}
