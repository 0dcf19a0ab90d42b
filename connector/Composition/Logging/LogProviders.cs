using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Serilog;
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
    /// <summary>The log of a command: to standard error only where it was asked for.</summary>
    /// <returns>Null: nothing is logged.</returns>
    public static ILoggerProvider? OfCommand(LoggingSettings settings, TextWriter error, bool verbose)
    {
        if (!verbose && settings.File is null) return null;
        ITextFormatter form = Form(settings.Form);
        return Open(Begin(settings, LogLevels.OfCommand), verbose ? (error, form) : null, form, settings.File);
    }

    /// <summary>The log of <c>serve</c>: JSON lines, always to standard error too; on a terminal that has text.</summary>
    public static ILoggerProvider OfService(LoggingSettings settings, TextWriter error, bool verbose, bool isTerminal = false) => Open(
        Begin(settings, LogLevels.OfService(verbose)), (error, Form(isTerminal ? LogForm.Text : LogForm.Json)), Form(LogForm.Json), settings.File);

    private static LoggerConfiguration Begin(LoggingSettings settings, LogLevel least)
    {
        LoggerConfiguration configuration = new LoggerConfiguration().MinimumLevel.Is(LevelConvert.ToSerilogLevel(least));
        foreach ((string category, LogLevel level) in LogLevels.ByCategory(settings))
        {
            configuration = configuration.MinimumLevel.Override(category, LevelConvert.ToSerilogLevel(level));
        }

        // The command itself reports it, in one line and with the remedy.
        return configuration.Filter.ByExcluding(static entry => entry.Exception is IOException { InnerException: AddressInUseException })
            .Enrich.With(new OnlyWhatIsNamed());
    }

    private static SerilogLoggerProvider Open(
        LoggerConfiguration configuration, (TextWriter Writer, ITextFormatter Form)? error, ITextFormatter form, string? file)
    {
        if (error is var (writer, lines)) configuration = configuration.WriteTo.Sink(new WriterSink(writer, lines));
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
