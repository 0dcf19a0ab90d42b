using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Everything that settings are read from: the values as .NET configuration merges them, and each layer as it was written.</summary>
/// <param name="Values">Merged; later layers win.</param>
/// <param name="Layers">From the first to the last.</param>
internal sealed record SettingsLayers(IConfigurationRoot Values, ImmutableArray<SettingsLayer> Layers)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads each file once, then the user's secrets, the folders of key files and the environment.</summary>
    /// <param name="files">Configuration files.</param>
    /// <param name="secrets">The user's own file of secrets in development; null: none.</param>
    /// <param name="folders">Folders of key files (docs/configuration.md#secrets).</param>
    /// <exception cref="SettingsException">A file cannot be read or is not JSON.</exception>
    public static SettingsLayers Read(ImmutableArray<string> files, string? secrets, ImmutableArray<string> folders)
    {
        ImmutableArray<string> all = secrets is null ? files : files.Add(secrets);
        List<JsonDocument> documents = [];
        try
        {
            ConfigurationBuilder builder = new();
            foreach (string file in all)
            {
                (string text, JsonDocument document) = Parse(file);
                documents.Add(document);
                builder.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(text)));
            }

            foreach (string folder in folders) builder.AddInMemoryCollection(KeyFiles.Read(folder));
            builder.AddEnvironmentVariables(SettingsFile.EnvironmentPrefix);
            IConfigurationRoot values = Build(builder);
            IConfigurationProvider[] providers = [.. values.Providers];
            return new SettingsLayers(values,
            [
                .. all.Select((file, i) => SettingsLayer.OfFile(providers[i], file, documents[i].RootElement, mayHoldSecrets: i >= files.Length)),
                .. folders.Select((folder, i) => SettingsLayer.OfKeyFiles(providers[all.Length + i], folder)),
                SettingsLayer.OfEnvironment(providers[^1]),
            ]);
        }
        finally
        {
            documents.ForEach(static document => document.Dispose());
        }
    }

    private static (string Text, JsonDocument Document) Parse(string file)
    {
        try
        {
            string text = File.ReadAllText(file);
            JsonDocument document = JsonDocument.Parse(text, Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return (text, document);
            document.Dispose();
            throw Unreadable($"The configuration file '{file}' is not a JSON object. Begin it with {{ and end it with }}.");
        }
        catch (JsonException exception)
        {
            // The parser counts from 0, and says so at the end of its message.
            string where = exception is { LineNumber: { } line, BytePositionInLine: { } column } ? $" in line {line + 1}, column {column + 1}" : "";
            string what = exception.Message.Split(" LineNumber: ", 2)[0];
            throw Unreadable($"The configuration file '{file}' is not valid JSON{where}: {what} Fix it there.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable($"The configuration file '{file}' cannot be read: {exception.Message}");
        }
    }

    private static IConfigurationRoot Build(ConfigurationBuilder builder)
    {
        try
        {
            return builder.Build();
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            // A name twice in one section, or a text that is no Unicode.
            throw Unreadable($"The configuration cannot be read: {exception.Message} Fix the JSON.");
        }
    }

    private static SettingsException Unreadable(string message) => new([Engine.Model.Diagnostic.Error("configUnreadable", message)]);
}
