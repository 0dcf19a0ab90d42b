using System.Buffers;
using System.Data.Common;
using System.Security.Authentication;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources.Sql;

/// <summary>
/// The rows of a query as bytes in a canonical form, one JSON array per line, the first of them the names of the columns. So a
/// query has a digest, can be kept in a <see cref="PrivateCopy"/> for a second pass, and never has more than a few rows in memory.
/// The database is asked at the first read and left at the end of the rows.
/// </summary>
internal sealed class SqlStream(SqlQuery query, SourceOptions options, TimeProvider time) : ForwardStream
{
    private const int Enough = 64 * 1024;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _lines = new(Enough * 2);
    private SqlSession? _session;
    private int _taken;
    private long _row;
    private bool _ended;

    /// <summary>The readers of sources read asynchronously only.</summary>
    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Rows of a query are read asynchronously.");

    /// <exception cref="SourceException">The query cannot be asked or its rows cannot be used.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_taken == _lines.WrittenCount && !_ended) await FillAsync(cancellationToken);
        int count = Math.Min(buffer.Length, _lines.WrittenCount - _taken);
        _lines.WrittenMemory.Slice(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _session?.Dispose();
        base.Dispose(disposing);
    }

    private Place Here => new(options.Name, _row > 0 ? _row : null);

    private async Task FillAsync(CancellationToken cancellation)
    {
        _lines.ResetWrittenCount();
        _taken = 0;
        using CancellationTokenSource patience = new(query.Patience > TimeSpan.Zero ? query.Patience : Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await RowsAsync(either.Token);
        }
        catch (Exception problem) when (problem is DbException or OperationCanceledException or TimeoutException
        or IOException or AuthenticationException or NotSupportedException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new SourceException(patience.IsCancellationRequested ? SqlFaults.TooSlow(Here, query) : SqlFaults.Map(problem, Here, query));
        }
    }

    private async Task RowsAsync(CancellationToken cancellation)
    {
        await using Utf8JsonWriter json = new(_lines, Plain);
        if (_session is null)
        {
            _session = await SqlSession.OpenAsync(query, cancellation);
            if (_session.Rows.FieldCount == 0) throw new SourceException(SqlFaults.NoColumns(Here));
            WriteNames(json, _session.Rows);
        }

        SqlCells cells = new(json, query.Provider, options.MaxRecordBytes);
        while (_lines.WrittenCount < Enough)
        {
            if (!await _session.ReadAsync(cancellation))
            {
                if (await _session.HasAnotherResultAsync(cancellation)) throw new SourceException(SqlFaults.SeveralResults(new Place(options.Name)));
                _session.Dispose();
                _ended = true;
                return;
            }

            _row++;
            if (!await cells.TryWriteAsync(_session.Rows, cancellation)) throw new SourceException(SqlFaults.RecordTooLarge(Here, options.MaxRecordBytes));
            EndLine(json);
        }
    }

    private void WriteNames(Utf8JsonWriter json, DbDataReader rows)
    {
        json.WriteStartArray();
        for (int column = 0; column < rows.FieldCount; column++) json.WriteStringValue(rows.GetName(column));
        json.WriteEndArray();
        EndLine(json);
    }

    private void EndLine(Utf8JsonWriter json)
    {
        json.Flush();
        json.Reset();
        _lines.Write("\n"u8);
    }
}
