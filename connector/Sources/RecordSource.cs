using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources;

/// <summary>A source over the records of any format.</summary>
internal sealed class RecordSource(RecordReader records, HashingStream bytes, SourceOptions options) : ISource
{
    // How many errors of rows go with the verdict that no row is valid: enough to see what is wrong everywhere.
    private const int MostRowErrors = 20;

    public string Name => options.Name;

    public bool Delta => options.Delta;

    public ImmutableArray<Diagnostic> Notes => records.Notes;

    public long Rows { get; private set; }

    public string? Sha256 { get; private set; }

    public async IAsyncEnumerable<SourceRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        long valid = 0L;
        ImmutableArray<Diagnostic>.Builder errors = ImmutableArray.CreateBuilder<Diagnostic>();
        while (await NextAsync(cancellation))
        {
            SourceRow row = RowReader.Read(records, Rows, options);
            Rows++;
            if (row.IsValid) valid++;
            else if (valid == 0 && errors.Count < MostRowErrors) errors.AddRange(row.Diagnostics);
            yield return row;
        }

        await bytes.DrainAsync(cancellation);
        Sha256 = bytes.Sha256;
        if (valid > 0) yield break;
        Place place = new Place(options.Name);
        throw new SourceException([Rows == 0 ? records.NoRows(place) : FileFaults.NoValidRow(place, Rows)], errors.ToImmutable());
    }

    public async ValueTask DisposeAsync()
    {
        await records.DisposeAsync();
        await bytes.DisposeAsync();
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        try
        {
            return await records.ReadAsync(cancellation);
        }
        catch (IOException broken)
        {
            throw new SourceException(FileFaults.Unreadable(new Place(options.Name, records.Row > 0 ? records.Row : null), broken.Message));
        }
    }
}
