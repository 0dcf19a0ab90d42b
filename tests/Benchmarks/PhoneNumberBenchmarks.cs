using BenchmarkDotNet.Attributes;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Benchmarks;

/// <summary>Reading one phone number in the spellings that sources and the tenant have.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class PhoneNumberBenchmarks
{
    [Params("+1 2065550100", "+12065550100", "+1 (206) 555-0100", "+44 (0)20 7946 0018", "tel:+1-206-555-0100;ext=123")]
    public string Text { get; set; } = "";

    [Benchmark]
    public bool Source() => PhoneNumberReader.Read(Text, null).Succeeded;
}
