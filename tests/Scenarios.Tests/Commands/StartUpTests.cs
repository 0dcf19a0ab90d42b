using System.Text;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>What the real executable loads when it starts, as the runtime itself reports it. Large libraries are loaded by what needs them only.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StartUpTests
{
    [TestCase("--help", Description = "It needs no library of a tenant at all.")]
    [TestCase("plan people.csv", Description = "It reads, and for what it reads small models serve.")]
    public async Task What_only_shows_something_loads_neither_Microsofts_SDK_nor_the_service_s_libraries(string line)
    {
        using Shell shell = Folder();

        byte[] trace = await LoadedAsync(shell, line.Split(' '));

        Assert.That(Holds(trace, "System.CommandLine"), Is.True, "the trace shows what is loaded");
        foreach (string ofTheService in (string[])["Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.OpenApi", "Microsoft.OpenApi",
            "Scalar.AspNetCore"])
            Assert.That(Holds(trace, ofTheService), Is.False, ofTheService);
        Assert.That(Holds(trace, "Microsoft.Graph"), Is.False);
        if (line == "--help") Assert.That(Holds(trace, "Microsoft.Kiota") || Holds(trace, "PhoneNumbers"), Is.False);
    }

    [TestCase("--help", false)]
    [TestCase("--version", false)]
    [TestCase("help apply", false)]
    [TestCase("completion bash", false)]
    [TestCase("runs", true)]
    public async Task Help_and_version_compose_no_services(string line, bool composed)
    {
        using Shell shell = Folder();

        byte[] trace = await LoadedAsync(shell, line.Split(' '));

        string[] loaded = [.. new[] { "Microsoft.Extensions.Hosting", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Logging" }
            .Where(assembly => Holds(trace, assembly))];
        Assert.That(loaded, Has.Length.EqualTo(composed ? 3 : 0), string.Join(", ", loaded));
    }

    [TestCase("--help")]
    [TestCase("--version")]
    [TestCase("help plan")]
    [TestCase("completion zsh")]
    public async Task Help_loads_nothing_of_stores_tenants_logs_or_drawing(string line)
    {
        using Shell shell = Folder();

        byte[] trace = await LoadedAsync(shell, line.Split(' '));

        string[] loaded = [.. new[] { "ProvisioningConnector.Stores", "ProvisioningConnector.Graph", "ProvisioningConnector.Facade",
            "ProvisioningConnector.Sandbox", "Serilog", "Spectre.Console" }.Where(assembly => Holds(trace, assembly))];
        Assert.That(loaded, Is.Empty);
    }

    [Test]
    public async Task What_writes_loads_Microsofts_SDK_and_nothing_of_it_that_sends()
    {
        using Shell shell = Folder();

        byte[] trace = await LoadedAsync(shell, "apply", "people.csv", "--yes");

        Assert.That(Holds(trace, "Microsoft.Graph"), Is.True);
        Assert.That(Holds(trace, "Microsoft.Kiota.Http"), Is.False);
        Assert.That(Holds(trace, "Microsoft.Kiota.Authentication"), Is.False);
    }

    private static Shell Folder()
    {
        Shell shell = new();
        shell.Write("people.csv", "user,phones\nada@contoso.com,+1 2065550150:mobile\n");
        return shell;
    }

    private static async Task<byte[]> LoadedAsync(Shell shell, params string[] arguments)
    {
        string file = shell.At("loads.nettrace");
        using ProvisionProcess process = ProvisionProcess.Start(shell.Folder, arguments, environment:
        [
            // 0x8: the loader's events.
            ("DOTNET_EnableEventPipe", "1"), ("DOTNET_EventPipeConfig", "Microsoft-Windows-DotNETRuntime:0x8:4"), ("DOTNET_EventPipeOutputPath", file),
        ]);
        Answer answer = await process.EndAsync();
        Assert.That(answer.Exit, Is.Zero, $"{answer}");
        return await File.ReadAllBytesAsync(file);
    }

    private static bool Holds(byte[] trace, string assembly) => trace.AsSpan().IndexOf(Encoding.Unicode.GetBytes(assembly)) >= 0;
}
