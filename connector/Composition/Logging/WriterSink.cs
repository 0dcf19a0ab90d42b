using System.Globalization;
using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace ProvisioningConnector.Composition.Logging;

/// <summary>Writes log events to the command's own standard error, so that captured streams see
/// them: each in one piece, as the stream hands on every piece at once.</summary>
internal sealed class WriterSink(TextWriter writer, ITextFormatter formatter) : ILogEventSink
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _line = new();

    public void Emit(LogEvent logEvent)
    {
        lock (_gate)
        {
            _line.Clear();
            using (StringWriter line = new(_line, CultureInfo.InvariantCulture)) formatter.Format(logEvent, line);
            writer.Write(_line.ToString());
        }
    }
}
