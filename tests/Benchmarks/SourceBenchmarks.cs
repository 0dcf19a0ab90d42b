using System.Globalization;
using BenchmarkDotNet.Attributes;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Benchmarks;

/// <summary>Reading a million rows of an authoritative list. Peak memory must not depend on the number of rows.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class SourceBenchmarks
{
    private const int RowCount = 1_000_000;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"provision-benchmark-{Guid.NewGuid():N}");

    [Params("csv", "ndjson", "json")]
    public string Format { get; set; } = "csv";

    [GlobalSetup]
    public void WriteFile()
    {
        using StreamWriter file = new StreamWriter(_path);
        file.WriteLine(Format switch { "csv" => "user,mobile,alternateMobile,office,email", "json" => "[", _ => "" });
        for (int row = 0; row < RowCount; row++) file.WriteLine(Line(row));
        if (Format == "json") file.WriteLine("]");
    }

    [GlobalCleanup]
    public void RemoveFile() => File.Delete(_path);

    [Benchmark(OperationsPerInvoke = RowCount)]
    public async Task<long> Read()
    {
        SourceOptions options = new SourceOptions("benchmark") { Format = SourceFormats.TryParse(Format, out SourceFormat format) ? format : null };
        await using ISource source = await SourceFile.OpenAsync(_path, options, () => Stream.Null, CancellationToken.None);
        long valid = 0L;
        await foreach (SourceRow row in source.RowsAsync(CancellationToken.None))
        {
            if (row.IsValid) valid++;
        }

        return valid == RowCount ? valid : throw new InvalidOperationException("Rows were lost.");
    }

    private string Line(int row) => Format == "csv"
        ? string.Create(CultureInfo.InvariantCulture, $"user{row}@contoso.com,+1 206{row:D7},,+1 (425) 5{row % 100:D2}-{row % 10000:D4},user{row}@example.com")
        : string.Create(CultureInfo.InvariantCulture,
            $"{(Format == "json" && row > 0 ? "," : "")}{{\"user\":\"user{row}@contoso.com\",\"phones\":[\"+1 206{row:D7}:mobile\","
            + $"\"+1 4255550199:office\"],\"email\":\"user{row}@example.com\"}}");
}
