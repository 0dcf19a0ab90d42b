using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Json;

/// <summary>
/// The objects of one JSON array, one at a time. Brackets and commas are read here and each object by the library, so
/// that only one record is in memory and its line is known.
/// </summary>
internal sealed class JsonArrayRecords(JsonText text, SourceOptions options) : JsonRecords(text, options)
{
    private bool _begun;

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        char? next = await PeekAsync(cancellation);
        if (!_begun)
        {
            if (next != '[') throw new SourceException(FileFaults.NotAnArray(new Place(Options.Name, Text.Line)));
            Text.Consume(1);
            _begun = true;
            next = await PeekAsync(cancellation);
            if (next != ']')
            {
                await TakeValueAsync(cancellation);
                return true;
            }
        }

        switch (next)
        {
            case ',':
                Text.Consume(1);
                await PeekAsync(cancellation);
                await TakeValueAsync(cancellation);
                return true;
            case ']':
                Text.Consume(1);
                return await PeekAsync(cancellation) is { } behind ? throw Broken(behind) : false;
            default:
                throw Broken(next);
        }
    }

    private async ValueTask TakeValueAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (ValueLength() is { } length)
            {
                Take(length);
                return;
            }

            await Text.MoreAsync(cancellation);
        }
    }

    // Length of the value that begins the window; null when more of it has to come.
    private int? ValueLength()
    {
        try
        {
            Utf8JsonReader reader = new Utf8JsonReader(Text.Window.Span, Text.AtEnd, default);
            return reader.Read() && reader.TrySkip() ? (int)reader.BytesConsumed : null;
        }
        catch (JsonException broken)
        {
            throw Text.Malformed(broken);
        }
    }

    // The next sign that is not a blank, left in place; null at the end.
    private async ValueTask<char?> PeekAsync(CancellationToken cancellation)
    {
        while (true)
        {
            int found = Text.Window.Span.IndexOfAnyExcept(" \t\r\n"u8);
            if (found >= 0)
            {
                Text.Consume(found);
                return (char)Text.Window.Span[0];
            }

            Text.Consume(Text.Window.Length);
            if (!await Text.MoreAsync(cancellation)) return null;
        }
    }

    private SourceException Broken(char? next) => new(
        next is null
            ? FileFaults.CutOff(new Place(Options.Name, Text.Line))
            : FileFaults.BrokenJson(new Place(Options.Name, Text.Line), Text.Column));
}
