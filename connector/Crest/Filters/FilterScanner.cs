using System.Text;

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

/// <summary>
/// Splits a filter into tokens (docs/openidm.md#queries): they end at blanks and parentheses only, so <c>!foo</c> is one word, while <c>!</c> before
/// a blank or a parenthesis is a token of its own. In both kinds of quotes a backslash stands for the character behind it, whatever it is.
/// </summary>
internal sealed class FilterScanner(string text)
{
    private int _at;

    public FilterToken Next()
    {
        while (_at < text.Length && IsBlank(text[_at])) _at++;
        int start = _at;
        if (start == text.Length) return new(FilterTokenKind.End, start, "");
        return text[start] switch
        {
            '(' => One(FilterTokenKind.Open),
            ')' => One(FilterTokenKind.Close),
            '"' or '\'' => Quoted(),
            _ => Word(),
        };
    }

    private FilterToken One(FilterTokenKind kind) => new(kind, _at++, "");

    private FilterToken Word()
    {
        int start = _at;
        while (_at < text.Length && text[_at] is not ('(' or ')') && !IsBlank(text[_at])) _at++;
        string word = text[start.._at];
        return new(word == "!" ? FilterTokenKind.Not : FilterTokenKind.Word, start, word);
    }

    private FilterToken Quoted()
    {
        int start = _at++;
        char quote = text[start];
        int plain = text.AsSpan(_at).IndexOfAny(quote, '\\');
        if (plain >= 0 && text[_at + plain] == quote)
        {
            _at += plain + 1;
            return new(FilterTokenKind.Text, start, text[(start + 1)..(_at - 1)]);
        }

        StringBuilder content = new();
        for (; _at < text.Length && text[_at] != quote; _at++)
        {
            if (text[_at] == '\\' && ++_at == text.Length) break;
            content.Append(text[_at]);
        }

        if (_at >= text.Length) return new(FilterTokenKind.Unclosed, start, "");
        _at++;
        return new(FilterTokenKind.Text, start, content.ToString());
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n';
}
