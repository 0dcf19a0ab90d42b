using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Composition;

/// <summary>Reads the files of a sandbox: seed and fault plan.</summary>
internal static class SandboxFiles
{
    /// <exception cref="ProvisioningException">A file is missing or unreadable.</exception>
    /// <exception cref="SandboxSeedException">A file's content is wrong.</exception>
    public static async Task<SandboxOptions> OptionsAsync(
        string? seed, string? faults, DateOnly? date, TimeProvider time, CancellationToken cancellation) => new()
        {
            Seed = seed is null ? null : EmbeddedSeeds.Named(seed, date) ?? SeedReader.Parse(await TextAsync(seed, cancellation)),
            Faults = faults is null ? FaultPlan.None : FaultPlan.Parse(await TextAsync(faults, cancellation)),
            Time = time,
            JournalCapacity = 0,
        };

    private static async Task<string> TextAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProvisioningException("sandboxFile", $"The file '{path}' cannot be read: {exception.Message}",
                "Check Seed and Faults of the sandbox tenant.");
        }
    }
}
