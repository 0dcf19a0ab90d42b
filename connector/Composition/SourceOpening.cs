using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Sql;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Composition;

/// <summary>Finds out what SOURCE means and opens it: an existing file, <c>-</c>, or a name under <c>Sources</c> (docs/sources.md).</summary>
internal static class SourceOpening
{
    /// <exception cref="ProvisioningException">There is nothing of that name.</exception>
    /// <exception cref="SourceException">The source cannot be used.</exception>
    public static async Task<OpenedSource> OpenAsync(
        SourceArguments arguments, SourceUse use, Workspace workspace, CancellationToken cancellation)
    {
        string path = arguments.Source;
        SourceSettings? named = null;
        if (arguments.OnlyNamed || (path != SourceFile.StandardInput && !File.Exists(path) && !Directory.Exists(path)))
        {
            if (!workspace.Settings.Sources.TryGetValue(path, out named)) throw Unknown(path, workspace);
            path = named.Kind switch
            {
                SourceKind.File => named.Path ?? throw new InvalidOperationException("A source of kind File has a path; the configuration was checked."),
                SourceKind.Sql => SourceFile.StandardInput,
            };
        }

        SourceOptions how = new(named?.Name ?? (path == SourceFile.StandardInput ? "standard input" : Path.GetFileName(path)))
        {
            DefaultCountry = workspace.Tenant.DefaultCountry,
            Format = named?.Kind == SourceKind.Sql ? RowsOf(arguments) : Format(arguments.Input ?? named?.Input),
            Sheet = arguments.Sheet ?? named?.Sheet,
            IgnoreColumns = [.. arguments.IgnoreColumns, .. named?.IgnoreColumns ?? []],
            Delta = use.Delta || named is { Delta: true },
        };
        PlanOrigin origin = named is null && path == SourceFile.StandardInput ? new PlanOrigin.StandardInput() : new PlanOrigin.Source();
        Func<Stream> stream = named?.Query is { } query ? () => new SqlStream(query, how, workspace.Time) : use.StandardInput;
        PrivateCopy? copy = null;
        if (path == SourceFile.StandardInput && use.Planned is not null && how.Format is not null)
        {
            // Rejected rows are found by a second pass, which standard input and queries do not give.
            await using Stream input = stream();
            copy = await PrivateCopy.OfAsync(input, cancellation);
            path = copy.Path;
        }

        try
        {
            return new OpenedSource(await SourceFile.OpenAsync(path, how, stream, cancellation), path, how, origin, copy)
            {
                Planned = use.Planned ?? (static (_, _, _) => Task.CompletedTask),
            };
        }
        catch
        {
            if (copy is not null) await copy.DisposeAsync();
            throw;
        }
    }

    private static SourceFormat? Format(string? text)
    {
        if (text is null) return null;
        return SourceFormats.TryParse(text, out SourceFormat format)
            ? format
            : throw new ProvisioningException("unknownFormat", $"'{text}' is not a source format.", $"Use one of {SourceFormats.Names}.");
    }

    private static SourceFormat RowsOf(SourceArguments arguments) => arguments.Input is null && arguments.Sheet is null
        ? SourceFormat.Rows
        : throw new ProvisioningException("formatOfQuery", $"The source '{arguments.Source}' is a query; it has no format or sheet.",
            "Leave out --input and --sheet.");

    private static ProvisioningException Unknown(string source, Workspace workspace)
    {
        bool looksLikeFile = Path.HasExtension(source) || source.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        string hint = looksLikeFile && workspace.Settings.Sources.IsEmpty
            ? "Check the path."
            : $"Check the path or the name. {Suggestion.Hint(source, workspace.Settings.Sources.Keys)}";
        return new ProvisioningException("sourceMissing", $"'{source}' is neither a file nor a source in the configuration.", hint);
    }
}
