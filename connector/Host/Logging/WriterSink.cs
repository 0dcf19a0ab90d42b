using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace ProvisioningConnector.Host.Logging;

/// <summary>Writes log events to the command's own standard error, so that captured streams see them.</summary>
internal sealed class WriterSink(TextWriter writer, ITextFormatter formatter) : ILogEventSink
{
    private readonly Lock _gate = new();

    public void Emit(LogEvent logEvent)
    {
        lock (_gate) formatter.Format(logEvent, writer);
    }
}
