using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Graph.Http;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace ProvisioningConnector.Host.Cli;

/// <summary>The log of one command: to standard error, and to a file where the configuration names one. Never bodies, never numbers.</summary>
internal sealed class CommandLog : IDisposable
{
    private readonly Logger? _logger;

    private CommandLog(Logger? logger)
    {
        _logger = logger;
        Trace = logger is null ? null : new RequestTrace(logger);
    }

    /// <summary>Called for every request; null when no one logs.</summary>
    public IGraphTrace? Trace { get; }

    public static CommandLog Open(CommonOptions options, TextWriter error)
    {
        LoggingSettings settings = SettingsFile.Logging(options.ConfigFile);
        if (!options.Verbose && settings.File is null) return new CommandLog(null);
        LoggerConfiguration configuration = new LoggerConfiguration().MinimumLevel.Is(LogEventLevel.Debug);
        if (options.Verbose) configuration = configuration.WriteTo.Sink(new WriterSink(error, Formatter(settings.Form)));
        if (settings.File is { } file) configuration = configuration.WriteTo.File(Formatter(settings.Form), file, shared: true);
        return new CommandLog(configuration.CreateLogger());
    }

    public void Dispose() => _logger?.Dispose();

    private static Serilog.Formatting.ITextFormatter Formatter(LogForm form) => form switch
    {
        LogForm.Json => new JsonFormatter(renderMessage: true),
        LogForm.Text => new MessageTemplateTextFormatter("{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}",
            System.Globalization.CultureInfo.InvariantCulture),
    };
}
