using BenchmarkDotNet.Running;
using ProvisioningConnector.Benchmarks.Commands;

namespace ProvisioningConnector.Benchmarks;

/// <summary>Runs a measuring command by its name, or the benchmarks named by <c>--filter</c>; see the README of this folder.</summary>
public static class Entry
{
    public static async Task<int> Main(string[] args)
    {
        switch (args.FirstOrDefault())
        {
            case "simulate":
                return SimulateCommand.Run(new Arguments(args[1..]));
            case "http":
                return await HttpCommand.RunAsync(new Arguments(args[1..]));
            case "memory":
                return await MemoryCommand.RunAsync(new Arguments(args[1..]));
            case "resume":
                return await ResumeCommand.RunAsync(new Arguments(args[1..]));
            case "waves":
                return WavesCommand.Run(new Arguments(args[1..]));
            case "facade":
                return await FacadeCommand.RunAsync(new Arguments(args[1..]));
            case "silence":
                return await SilenceCommand.RunAsync(new Arguments(args[1..]));
            case "workbook":
                return await WorkbookCommand.RunAsync(new Arguments(args[1..]));
            case "page":
                return await PageCommand.RunAsync(new Arguments(args[1..]));
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Entry).Assembly).Run(args);
                return 0;
        }
    }
}
