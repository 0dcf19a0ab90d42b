using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProvisioningConnector.Composition.Logging;

namespace ProvisioningConnector.Composition.Tests.Logging;

/// <summary>What stands in the log.</summary>
public sealed class LogProvidersTests
{
    private static readonly LoggingSettings Lines = new(LogForm.Json, null);

    [Test]
    public void A_line_holds_what_its_message_names_and_nothing_of_its_surroundings()
    {
        string log = Logged(error => LogProviders.OfService(Lines, error, verbose: false), static logger =>
        {
            using (logger.BeginScope(new Dictionary<string, object> { ["RequestPath"] = "/users/ada@contoso.com" }))
            {
                logger.LogWarning(new EventId(7, "marker"), "{Count} users", 3);
            }
        });

        JsonElement properties = JsonDocument.Parse(log).RootElement.GetProperty("Properties");
        Assert.That(properties.EnumerateObject().Select(static property => $"{property.Name}={property.Value}"),
            Is.EquivalentTo(new[] { "Count=3", "SourceContext=ProvisioningConnector.Composition.Tests.Logging.LogProvidersTests" }));
        Assert.That(log, Does.Not.Contain("ada").And.Not.Contain("marker"));
    }

    [TestCase(false, "warning")]
    [TestCase(true, "debug warning")]
    public void The_service_logs_details_only_where_they_are_asked_for(bool verbose, string expected)
    {
        string log = Logged(error => LogProviders.OfService(Lines, error, verbose), static logger =>
        {
            logger.LogDebug("debug");
            logger.LogWarning("warning");
        });

        Assert.That(string.Join(' ', Messages(log)), Is.EqualTo(expected));
    }

    [Test]
    public void Of_the_platform_only_warnings_are_logged()
    {
        using StringWriter error = new();
        using (ILoggerProvider provider = LogProviders.OfService(Lines, error, verbose: true))
        {
            ILogger platform = provider.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics");
            platform.LogInformation("Request starting");
            platform.LogWarning("warning");
        }

        Assert.That(Messages(error.ToString()), Is.EqualTo(new[] { "warning" }));
    }

    [Test]
    public void A_command_logs_nothing_unless_it_is_asked_to() =>
        Assert.That(LogProviders.OfCommand(Lines, TextWriter.Null, verbose: false), Is.Null);

    [Test]
    public void A_command_logs_to_its_file_without_showing_it([Values] bool verbose)
    {
        string file = Path.GetTempFileName();
        using StringWriter error = new();
        using (ILoggerProvider? provider = LogProviders.OfCommand(new LoggingSettings(LogForm.Text, file), error, verbose))
        {
            provider?.CreateLogger("c").LogDebug("{Method} asked", "GET");
        }

        Assert.That(File.ReadAllText(file), Does.EndWith("DBG GET asked" + Environment.NewLine));
        Assert.That(error.ToString(), verbose ? Does.EndWith("DBG GET asked" + Environment.NewLine) : Is.Empty);
        File.Delete(file);
    }

    private static string Logged(Func<TextWriter, ILoggerProvider> open, Action<ILogger> work)
    {
        using StringWriter error = new();
        using (ILoggerProvider provider = open(error))
        using (ILoggerFactory factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(provider)))
        {
            work(factory.CreateLogger<LogProvidersTests>());
        }

        return error.ToString();
    }

    private static IEnumerable<string?> Messages(string log) => log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("RenderedMessage").GetString());
}
