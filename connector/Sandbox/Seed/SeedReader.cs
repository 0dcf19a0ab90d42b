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
    /// <summary>Names that stand for a seed of the program instead of a file.</summary>
    public static IReadOnlyList<string> Names { get; } = ["contoso", "migration"];

    /// <summary>The seed of that name; null when there is none.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="day">The day that it is there; null: the seed's own.</param>
    public static SandboxSeed? Named(string name, DateOnly? day = null) => name switch
    {
        "contoso" => Contoso(),
        "migration" => Migration(day),
        _ => null,
    };

    /// <summary>10,000 people of every kind before Microsoft's SMS and voice end; always the same, with a past that ends shortly before
    /// the day given.</summary>
    public static SandboxSeed Migration(DateOnly? day = null) => MigrationSeed.Make(day);

    /// <summary>A dozen varied users of contoso.com, with fictional numbers; always the same tenant id and object ids.</summary>
    public static SandboxSeed Contoso()
    {
        using Stream stream = typeof(EmbeddedSeeds).Assembly.GetManifestResourceStream("contoso.json")
            ?? throw new InvalidOperationException("The embedded seed contoso.json is missing from the assembly.");
        using MemoryStream buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return SeedReader.Parse(buffer.ToArray(), "embedded seed 'contoso'");
    }
}
