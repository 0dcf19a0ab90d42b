using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace ProvisioningConnector.Composition.Logging;

/// <summary>
/// Where what is logged goes: to standard error, and to a file where the configuration names one (docs/configuration.md#top-level). The one place that
/// knows Serilog; everything else logs by <see cref="ILogger{T}"/>.
/// </summary>
internal static class LogProviders
{
    /// <summary>Categories that never go below warnings.</summary>
    private static readonly string[] Platform = ["Microsoft", "System", "Azure"];

    /// <summary>The log of a command: to standard error only where it was asked for.</summary>
    /// <returns>Null: nothing is logged.</returns>
    public static ILoggerProvider? OfCommand(LoggingSettings settings, TextWriter error, bool verbose)
    {
        if (!verbose && settings.File is null) return null;
        ITextFormatter form = Form(settings.Form);
        return Open(Begin(settings, LogEventLevel.Debug), form, verbose ? error : null, settings.File);
    }

    /// <summary>The log of <c>serve</c>: JSON lines, always to standard error.</summary>
    public static ILoggerProvider OfService(LoggingSettings settings, TextWriter error, bool verbose) =>
        Open(Begin(settings, verbose ? LogEventLevel.Debug : LogEventLevel.Information), Form(LogForm.Json), error, settings.File);

    // Of the platform only warnings: lines of the web server and of the HTTP client quote paths, in which users are named.
    private static LoggerConfiguration Begin(LoggingSettings settings, LogEventLevel least)
    {
        LoggerConfiguration configuration = new LoggerConfiguration().MinimumLevel.Is(least);
        foreach ((string category, LogLevel level) in settings.Levels)
        {
            configuration = configuration.MinimumLevel.Override(category, IsPlatform(category) && level < LogLevel.Warning
                ? LogEventLevel.Warning : LevelConvert.ToSerilogLevel(level));
        }

        foreach (string category in Platform.Where(category => !settings.Levels.ContainsKey(category)))
        {
            configuration = configuration.MinimumLevel.Override(category, LogEventLevel.Warning);
        }

        return configuration.Enrich.With(new OnlyWhatIsNamed());
    }

    private static bool IsPlatform(string category) =>
        Platform.Any(name => category.Equals(name, StringComparison.Ordinal) || category.StartsWith(name + ".", StringComparison.Ordinal));

    private static SerilogLoggerProvider Open(LoggerConfiguration configuration, ITextFormatter form, TextWriter? error, string? file)
    {
        if (error is not null) configuration = configuration.WriteTo.Sink(new WriterSink(error, form));
        if (file is not null) configuration = configuration.WriteTo.File(form, file, shared: true);
        return new SerilogLoggerProvider(configuration.CreateLogger(), dispose: true);
    }

    private static ITextFormatter Form(LogForm form) => form switch
    {
        LogForm.Json => new JsonFormatter(renderMessage: true),
        LogForm.Text => new MessageTemplateTextFormatter(
            "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture),
    };
}
