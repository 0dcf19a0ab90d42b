namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>What stands in a cell of a sheet.</summary>
internal enum SheetCellKind : byte
{
    Blank,
    Text,
    Number,
    Date,
    Boolean,

    /// <summary>Such as <c>#N/A</c>.</summary>
    Error,

    /// <summary>A formula, or a cell that an array formula fills, whatever it last came to.</summary>
    Formula,

    /// <summary>A type of a later version, or a number that is none.</summary>
    Unreadable,
}

/// <summary>One cell of a sheet. The default is blank.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">What it shows, as text; of a formula what it last came to.</param>
internal readonly record struct SheetCell(SheetCellKind Kind, string? Value)
{
    public string Text => Value ?? "";
}
