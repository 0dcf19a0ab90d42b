using BenchmarkDotNet.Running;

namespace ProvisioningConnector.Benchmarks;

/// <summary>Runs the benchmarks named by <c>--filter</c>; see the README of this folder.</summary>
public static class Entry
{
    public static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Entry).Assembly).Run(args);
}
