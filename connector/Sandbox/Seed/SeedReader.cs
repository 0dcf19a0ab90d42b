using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Seed;

/// <summary>Seeds from text and files.</summary>
public static class SeedReader
{
    /// <exception cref="SandboxSeedException">It is not a seed; the message names line and path.</exception>
    public static SandboxSeed Parse(ReadOnlySpan<byte> utf8, string what = "sandbox seed") => SandboxJson.Read<SandboxSeed>(utf8, what);

    /// <exception cref="SandboxSeedException">It is not a seed; the message names line and path.</exception>
    public static SandboxSeed Parse(string json) => Parse(System.Text.Encoding.UTF8.GetBytes(json));
}

/// <summary>Seeds that come with the sandbox.</summary>
public static class EmbeddedSeeds
{
    /// <summary>A dozen telling users of contoso.com, with fictional numbers; always the same tenant id and object ids.</summary>
    public static SandboxSeed Contoso()
    {
        using Stream stream = typeof(EmbeddedSeeds).Assembly.GetManifestResourceStream("contoso.json")
            ?? throw new InvalidOperationException("The embedded seed contoso.json is missing from the assembly.");
        using MemoryStream buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return SeedReader.Parse(buffer.ToArray(), "embedded seed 'contoso'");
    }
}
