using System.Text.Json;

namespace ProvisioningConnector.Scenarios.Tests.Support;

/// <summary>What a command came to.</summary>
internal sealed record Answer(int Exit, string Output, string Error)
{
    /// <summary>Everything a person may have seen.</summary>
    public string All => Output + Error;

    /// <summary>The one document on stdout; fails when stdout is anything else.</summary>
    public JsonElement Document
    {
        get
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(Output, new JsonDocumentOptions { AllowDuplicateProperties = false });
                return document.RootElement.Clone();
            }
            catch (JsonException exception)
            {
                throw new AssertionException($"stdout is not exactly one JSON document: {exception.Message}{Environment.NewLine}{this}");
            }
        }
    }

    public string Text(string property) => Document.GetProperty(property).GetString() ?? string.Empty;

    /// <summary>No way into the program is ever shown.</summary>
    public Answer WithoutStackTrace()
    {
        Assert.That(All, Does.Not.Match(@"(?m)^\s+at [\w.<>`]+\(").And.Not.Contain("Unhandled exception").And.Not.Contain("\"unexpected\""));
        return this;
    }

    public override string ToString() => $"exit {Exit}{Environment.NewLine}{Output}{Environment.NewLine}--- stderr{Environment.NewLine}{Error}";
}
