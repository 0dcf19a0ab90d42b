using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Json;

/// <summary>One JSON object per line.</summary>
internal sealed class NdjsonRecords(JsonText text, SourceOptions options) : JsonRecords(text, options)
{
    public override async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            int length = await Text.LineAsync(cancellation);
            ReadOnlySpan<byte> line = Text.Window.Span[..length];
            if (line.ContainsAnyExcept(" \t\r\n"u8))
            {
                Take(length);
                return true;
            }

            if (length == 0 && Text.AtEnd) return false;
            Text.Consume(length);
        }
    }
}
