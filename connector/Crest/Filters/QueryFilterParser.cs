using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Filters;

/// <summary>Recursive descent over the grammar of docs/openidm.md#queries. Null from a rule means: <see cref="_error"/> says why.</summary>
internal sealed class QueryFilterParser
{
    /// <summary>Most parentheses within each other; also what bounds the recursion.</summary>
    public const int DeepestNesting = 256;

    /// <summary>Most characters of a filter.</summary>
    public const int LongestText = 65_536;

    private readonly string _text;
    private readonly FilterScanner _scanner;
    private FilterToken _token;
    private CrestError? _error;

    public QueryFilterParser(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        _scanner = new FilterScanner(text);
    }

    public Parsed<QueryFilter> Parse()
    {
        if (_text.Length > LongestText)
        {
            return CrestError.Bad($"Invalid query filter: it is longer than {LongestText} characters.",
                LongestText + 1, "Send a shorter filter, e.g. several queries.");
        }

        if (HalfPair(_text) is { } half)
        {
            return CrestError.Bad("Invalid query filter: it is not valid Unicode.", half + 1, "Encode the filter as UTF-8 before it is percent-encoded.");
        }

        Advance();
        if (_token.Kind == FilterTokenKind.End) Fail("it is empty", "Write 'true' for no filter.");
        QueryFilter? filter = _error is null ? AnyOf(0) : null;
        if (filter is not null && _token.Kind != FilterTokenKind.End) filter = Surplus();
        return filter is not null ? filter
            : _error ?? throw new InvalidOperationException("A filter was refused without a reason.");
    }

    // Half of a surrogate pair cannot be written anywhere, neither to Graph nor into an answer.
    private static int? HalfPair(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsSurrogatePair(text, i)) return i;
            i++;
        }

        return null;
    }

    private QueryFilter? AnyOf(int depth) => Series(depth, "or", AllOf, parts => new QueryFilter.AnyOf(parts));

    private QueryFilter? AllOf(int depth) => Series(depth, "and", Negation, parts => new QueryFilter.AllOf(parts));

    private QueryFilter? Series(int depth, string keyword, Func<int, QueryFilter?> part, Func<ImmutableArray<QueryFilter>, QueryFilter> join)
    {
        QueryFilter? first = part(depth);
        if (first is null || !_token.Is(keyword)) return first;
        ImmutableArray<QueryFilter>.Builder parts = ImmutableArray.CreateBuilder<QueryFilter>();
        parts.Add(first);
        while (_token.Is(keyword))
        {
            Advance();
            if (part(depth) is not { } next) return null;
            parts.Add(next);
        }

        return join(parts.ToImmutable());
    }

    private QueryFilter? Negation(int depth)
    {
        if (_token.Kind != FilterTokenKind.Not) return Primary(depth);
        Advance();
        if (_token.Kind == FilterTokenKind.Not) return Fail("'!' follows '!'", "Write !(!(…)).");
        return Primary(depth) is { } part ? new QueryFilter.Negation(part) : null;
    }

    private QueryFilter? Primary(int depth) => _token.Kind switch
    {
        FilterTokenKind.Open => Group(depth + 1),
        FilterTokenKind.Word => _token.Is("true") ? Take(new QueryFilter.Always()) : _token.Is("false") ? Take(new QueryFilter.Never()) : Assertion(),
        FilterTokenKind.Text => Fail("a quoted text stands where a field is expected", "Write the field without quotes: field eq \"value\"."),
        FilterTokenKind.Close => Fail("an expression is missing before ')'", "Write an expression, e.g. field eq \"value\"."),
        FilterTokenKind.Unclosed => Unclosed(),
        FilterTokenKind.End => Fail("it ends where an expression is expected", "Write an expression, e.g. field eq \"value\"."),
        FilterTokenKind.Not => Fail("'!' stands where an expression is expected", "Write !(…)."),
    };

    private QueryFilter? Group(int depth)
    {
        if (depth > DeepestNesting) return Fail($"it contains more than {DeepestNesting} nested expressions",
            "Flatten it: 'and' and 'or' take any number of parts.");
        Advance();
        if (AnyOf(depth) is not { } inner) return null;
        if (_token.Kind != FilterTokenKind.Close) return _token.Kind == FilterTokenKind.End ? Fail("')' is missing", "Close every '('.") : Surplus();
        return Take(inner);
    }

    private QueryFilter? Assertion()
    {
        FilterToken word = _token;
        if (word.Content[0] == '!') return Fail("'!' is followed by neither a blank nor '('", "Write !(…).");
        if (word.Is("and") || word.Is("or")) return Fail($"'{word.Content}' stands where an expression is expected",
            $"Write an expression on both sides of '{word.Content}'.");
        if (word.Is("not")) return Fail("'not' is unknown", "Write !(…).");
        if (Json.JsonPointer.Parse(word.Content, out string problem) is not { } field) return Fail(problem, "Write a field as name or /name.");
        Advance();
        if (_token.Is("pr")) return Take(new QueryFilter.Present(field));
        FilterToken sign = _token;
        if (sign.Kind == FilterTokenKind.Unclosed) return Unclosed();
        if (sign.Kind != FilterTokenKind.Word) return Fail("an operator is missing after the field", FilterWords.OperatorAdvice);
        bool many = sign.Is("in") || sign.Is("ca");
        ComparisonOperator? comparison = FilterWords.ComparisonOf(sign.Content);
        if (!many && comparison is null) return Fail(FilterWords.Unknown(sign.Content), FilterWords.AdviceFor(sign.Content));
        Advance();
        if (many) return Listed(field, sign.Is("in"));
        return comparison is { } known && Value() is { } value ? Take(new QueryFilter.Compare(field, known, value)) : null;
    }

    private QueryFilter? Listed(Json.JsonPointer field, bool oneOf)
    {
        ImmutableArray<FilterValue> values;
        if (_token.Kind == FilterTokenKind.Text && _token.Content.StartsWith('['))
        {
            if (FilterList.Parse(_token.Content) is not { } list) return Fail("the list is not a JSON array of texts, numbers or booleans",
                "Write a list as '[\"a\",\"b\"]'.");
            values = list;
        }
        else
        {
            if (Value() is not { } single) return null;
            values = [single];
        }

        return Take(oneOf ? new QueryFilter.OneOf(field, values) : new QueryFilter.ContainsAll(field, values));
    }

    private FilterValue? Value()
    {
        if (_token.Kind == FilterTokenKind.Text) return new FilterValue.Text(_token.Content);
        if (_token.Kind == FilterTokenKind.Unclosed) Unclosed();
        else if (_token.Kind != FilterTokenKind.Word) Fail("a value is missing after the operator", "Write a text in quotes, a number, true or false.");
        else if (FilterWords.Literal(_token.Content) is { } literal) return literal;
        else Fail("a value is neither quoted text nor a number, true or false", "Put text in quotes: field eq \"value\".");
        return null;
    }

    private QueryFilter? Surplus() => _token.Kind switch
    {
        FilterTokenKind.Close => Fail("')' closes nothing", "Remove it, or open a '('."),
        FilterTokenKind.Unclosed => Unclosed(),
        FilterTokenKind.Open or FilterTokenKind.Not or FilterTokenKind.Word or FilterTokenKind.Text or FilterTokenKind.End =>
            Fail("something follows a complete expression", "Join expressions with 'and' or 'or'; 'pr', 'true' and 'false' take no value."),
    };

    private QueryFilter? Unclosed() => Fail("a quoted text does not end", "Close the quote; write \\\\ for a backslash and \\\" for a quote in it.");

    private QueryFilter Take(QueryFilter filter)
    {
        Advance();
        return filter;
    }

    private void Advance() => _token = _scanner.Next();

    private QueryFilter? Fail(string what, string advice)
    {
        int position = _token.At + 1;
        _error ??= CrestError.Bad(string.Create(CultureInfo.InvariantCulture, $"Invalid query filter at position {position}: {what}. {advice}"),
            position, advice);
        return null;
    }
}
