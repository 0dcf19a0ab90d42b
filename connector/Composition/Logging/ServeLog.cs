using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace ProvisioningConnector.Composition.Logging;

/// <summary>The log of <c>serve</c>: JSON lines on standard error, and to a file where the
/// configuration names one. Of the web server only warnings: its lines quote paths.</summary>
internal static class ServeLog
{
    public static Logger Open(LoggingSettings settings, TextWriter error, bool verbose)
    {
        JsonFormatter lines = new(renderMessage: true);
        LoggerConfiguration configuration = new LoggerConfiguration()
            .MinimumLevel.Is(verbose ? LogEventLevel.Debug : LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .WriteTo.Sink(new WriterSink(error, lines));
        if (settings.File is { } file) configuration = configuration.WriteTo.File(lines, file, shared: true);
        return configuration.CreateLogger();
    }
}
