using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Tests;

/// <summary>Reads sources from memory.</summary>
internal static class Reading
{
    public const string Name = "hr.csv";

    public static SourceOptions Options { get; } = new(Name) { Format = SourceFormat.Csv };

    public static Task<List<SourceRow>> Csv(string text, Func<SourceOptions, SourceOptions>? change = null) =>
        Rows(Encoding.UTF8.GetBytes(text), change?.Invoke(Options) ?? Options);

    public static Task<List<SourceRow>> Json(string text, SourceFormat format = SourceFormat.Json, Func<SourceOptions, SourceOptions>? change = null)
    {
        SourceOptions options = Options with { Format = format };
        return Rows(Encoding.UTF8.GetBytes(text), change?.Invoke(options) ?? options);
    }

    public static async Task<List<SourceRow>> Rows(byte[] bytes, SourceOptions options, int chunk = int.MaxValue)
    {
        await using ISource source = await SourceFile.OpenAsync("-", options, () => new ChunkedStream(bytes, chunk), CancellationToken.None);
        List<SourceRow> rows = new List<SourceRow>();
        await foreach (SourceRow row in source.RowsAsync(CancellationToken.None)) rows.Add(row);
        return rows;
    }

    public static async Task<SourceFault> Fault(Func<Task> reading)
    {
        SourceException refused = await Refused(reading);
        Assert.That(refused.Faults, Has.Length.EqualTo(1), refused.Message);
        return refused.Faults[0];
    }

    public static async Task<SourceException> Refused(Func<Task> reading)
    {
        try
        {
            await reading();
        }
        catch (SourceException refused)
        {
            return refused;
        }

        throw new AssertionException("The source was not refused.");
    }

    public static PhoneNumber Number(string text) =>
        PhoneNumberReader.Read(text, null) is { Succeeded: true } reading ? reading.Number : throw new AssertionException("Not a number.");

    public static string Text(Managed<PhoneNumber> wanted) =>
        wanted.TryGet(out PhoneNumber number) ? number.Canonical() : wanted.Kind.ToString();
}

/// <summary>Gives its bytes in pieces of a given size.</summary>
internal sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes, writable: false)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(chunk, buffer.Length)]);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
}
