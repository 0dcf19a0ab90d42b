using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace ProvisioningConnector.Composition.Logging;

/// <summary>
/// Takes from an event what its message does not name, but its category: scopes of the web server hold the request's path, whose parts may be names of people
/// (docs/safety.md#secrecy).
/// </summary>
internal sealed class OnlyWhatIsNamed : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        string[] surplus = [.. logEvent.Properties.Keys.Where(name => name != Constants.SourceContextPropertyName && !IsNamed(logEvent, name))];
        foreach (string name in surplus) logEvent.RemovePropertyIfPresent(name);
    }

    private static bool IsNamed(LogEvent logEvent, string name) =>
        logEvent.MessageTemplate.Tokens.OfType<PropertyToken>().Any(token => token.PropertyName == name);
}
