namespace ProvisioningConnector.Host.Sources;

/// <summary>One JSON object per line.</summary>
internal sealed class NdjsonRecords(JsonText text, SourceOptions options) : JsonRecords(text, options)
{
    public override async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var length = await LineAsync(cancellation);
            var line = Text.Window.Span[..length];
            if (line.ContainsAnyExcept(" \t\r\n"u8))
            {
                Take(length);
                return true;
            }

            if (length == 0 && Text.AtEnd) return false;
            Text.Consume(length);
        }
    }

    // Length of the line with its end.
    private async ValueTask<int> LineAsync(CancellationToken cancellation)
    {
        var looked = 0;
        while (true)
        {
            var found = Text.Window.Span[looked..].IndexOf((byte)'\n');
            if (found >= 0) return looked + found + 1;
            looked = Text.Window.Length;
            if (!await Text.MoreAsync(cancellation)) return looked;
        }
    }
}
