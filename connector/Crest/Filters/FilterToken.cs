namespace ProvisioningConnector.Crest.Filters;

/// <summary>The kinds of tokens of a filter.</summary>
internal enum FilterTokenKind
{
    Open,
    Close,
    Not,
    Word,
    Text,
    Unclosed,
    End,
}

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Where it starts, counted from 0.</param>
/// <param name="Content">The word as written, or the text with its escapes resolved.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, int At, string Content)
{
    public bool Is(string keyword) => Kind == FilterTokenKind.Word && Content.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
