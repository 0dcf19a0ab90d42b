namespace ProvisioningConnector.Engine.Model;

public enum Severity : byte
{
    Error,
    Warning,
    Info,
}

/// <summary>An expected problem: what, where, why and what to do next. Never holds a full phone number.</summary>
/// <param name="Code">Stable, machine-readable, camelCase (or <c>PP…</c> for answers of the service).</param>
/// <param name="Severity">An error on a row means that nothing is written for its user.</param>
/// <param name="Message">For a person at 3 a.m.</param>
/// <param name="Place">Where in the source; null when it is not about a place.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message, Place? Place = null)
{
    public static Diagnostic Error(string code, string message, Place? place = null) => new(code, Severity.Error, message, place);

    public static Diagnostic Warning(string code, string message, Place? place = null) => new(code, Severity.Warning, message, place);

    public static Diagnostic Info(string code, string message, Place? place = null) => new(code, Severity.Info, message, place);
}

/// <summary>Where in a source something stands.</summary>
/// <param name="Source">File name or the source's name.</param>
/// <param name="Row">Line or row number as the person sees it in an editor, from 1; null for the whole file.</param>
/// <param name="Column">Column name; null for the whole row.</param>
public sealed record Place(string Source, long? Row = null, string? Column = null)
{
    public override string ToString() =>
        (Row, Column) switch
        {
            (null, _) => Source,
            ({ } row, null) => $"{Source}:{row}",
            ({ } row, { } column) => $"{Source}:{row} ({column})",
        };
}
