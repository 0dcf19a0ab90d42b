namespace ProvisioningConnector.Sandbox.Filters;

/// <summary>Recursive descent: or, and, not, then a comparison, <c>startswith</c>, <c>in</c>, <c>any</c> or parentheses.</summary>
internal sealed class ODataFilterParser
{
    private readonly List<string> _tokens;
    private int _next;
    private int _depth;

    private ODataFilterParser(string text) => _tokens = FilterTokens.Split(text);

    public static ODataFilter Parse(string text)
    {
        ODataFilterParser parser = new ODataFilterParser(text);
        ODataFilter filter = parser.Or();
        return parser._next == parser._tokens.Count ? filter : throw parser.Unexpected();
    }

    private ODataFilter Or()
    {
        ODataFilter left = And();
        while (Take("or")) left = new ODataFilter.Or(left, And());
        return left;
    }

    private ODataFilter And()
    {
        ODataFilter left = Not();
        while (Take("and")) left = new ODataFilter.And(left, Not());
        return left;
    }

    private ODataFilter Not()
    {
        // Deeper than anybody writes, and far from the end of the stack.
        if (++_depth > 100) throw new FilterException("Invalid filter clause: it is nested too deeply.");
        ODataFilter filter = Take("not") ? new ODataFilter.Not(Not()) : Primary();
        _depth--;
        return filter;
    }

    private ODataFilter Primary()
    {
        if (Take("("))
        {
            ODataFilter inner = Or();
            Expect(")");
            return inner;
        }
        string name = Name();
        if (name.Equals("startswith", StringComparison.OrdinalIgnoreCase) && Take("("))
        {
            string property = Name();
            Expect(",");
            string prefix = Literal() as string ?? throw Unexpected();
            Expect(")");
            // Written out in full by some clients: startswith(mail,'a') eq true.
            if (Peek("eq")) { _next++; if (Literal() is not true) throw Unexpected(); }
            return new ODataFilter.StartsWith(property, prefix);
        }
        if (name.EndsWith("/any", StringComparison.OrdinalIgnoreCase) && Take("("))
        {
            string variable = Name();
            Expect(":");
            ODataFilter inner = Or();
            Expect(")");
            return new ODataFilter.Any(name[..^4], variable, inner);
        }
        string op = Name().ToLowerInvariant();
        if (op != "in") return new ODataFilter.Compare(name, op is "eq" or "ne" or "gt" or "ge" or "lt" or "le" ? op : throw Unexpected(), Literal());
        Expect("(");
        List<object?> values = new List<object?> { Literal() };
        while (Take(",")) values.Add(Literal());
        Expect(")");
        return new ODataFilter.In(name, values);
    }

    private object? Literal()
    {
        string token = _next < _tokens.Count ? _tokens[_next++] : throw Unexpected();
        if (token[0] == '\'') return token[1..];
        return token switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            _ when char.IsAsciiLetterOrDigit(token[0]) => token,
            _ => throw Unexpected(),
        };
    }

    private string Name() =>
        _next < _tokens.Count && char.IsAsciiLetter(_tokens[_next][0]) ? _tokens[_next++] : throw Unexpected();

    private bool Peek(string token) => _next < _tokens.Count && _tokens[_next].Equals(token, StringComparison.OrdinalIgnoreCase);

    private bool Take(string token)
    {
        if (!Peek(token)) return false;
        _next++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token)) throw Unexpected();
    }

    private FilterException Unexpected() =>
        new($"Invalid filter clause: unexpected {(_next < _tokens.Count ? $"'{_tokens[_next].TrimStart('\'')}'" : "end")} at token {_next + 1}.");
}
