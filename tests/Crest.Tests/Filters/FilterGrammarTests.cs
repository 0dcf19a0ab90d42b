using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Filters;

namespace ProvisioningConnector.Crest.Tests.Filters;

/// <summary>The grammar of docs/openidm.md#queries.</summary>
public sealed class FilterGrammarTests
{
    [TestCase("true", "true")]
    [TestCase("FALSE", "false")]
    [TestCase("mail pr", "/mail pr")]
    [TestCase("/mail PR", "/mail pr")]
    [TestCase("a eq 1 or b eq 2 and c eq 3", "/a eq 1 or /b eq 2 and /c eq 3")]
    [TestCase("(a eq 1 or b eq 2) and c eq 3", "(/a eq 1 or /b eq 2) and /c eq 3")]
    [TestCase("a eq 1 AND b eq 2 aNd c eq 3", "/a eq 1 and /b eq 2 and /c eq 3")]
    [TestCase("(a eq 1 and b eq 2) and c eq 3", "(/a eq 1 and /b eq 2) and /c eq 3")]
    [TestCase("a eq 1 or (b eq 2 or c eq 3)", "/a eq 1 or (/b eq 2 or /c eq 3)")]
    [TestCase("!(a pr)", "! /a pr")]
    [TestCase("! (a pr)", "! /a pr")]
    [TestCase("! a pr", "! /a pr")]
    [TestCase("!(a pr and b pr)", "!(/a pr and /b pr)")]
    [TestCase("!(!(a pr))", "!(! /a pr)")]
    [TestCase("!(a pr) and b pr", "! /a pr and /b pr")]
    [TestCase("((((true))))", "true")]
    [TestCase("a eq \"x\"", "/a eq \"x\"")]
    [TestCase("a eq 'x'", "/a eq \"x\"")]
    [TestCase("a eq 'it\\'s'", "/a eq \"it's\"")]
    [TestCase("a eq 'say \"hi\"'", "/a eq \"say \\\"hi\\\"\"")]
    [TestCase("a eq \"back\\\\slash\"", "/a eq \"back\\\\slash\"")]
    [TestCase("a eq \"\\n\"", "/a eq \"n\"", Description = "A backslash stands for the character behind it, whatever it is.")]
    [TestCase("a eq ''", "/a eq \"\"")]
    [TestCase("a eq '(x) or !y'", "/a eq \"(x) or !y\"")]
    [TestCase("a eq -17", "/a eq -17")]
    [TestCase("a eq 1.50", "/a eq 1.5")]
    [TestCase("a eq 5.0", "/a eq 5.0")]
    [TestCase("a eq 1e3", "/a eq 1000.0")]
    [TestCase("a eq TRUE", "/a eq true")]
    [TestCase("a eq false", "/a eq false")]
    [TestCase("a CO 'x'", "/a co \"x\"")]
    [TestCase("a sw 'x'", "/a sw \"x\"")]
    [TestCase("a ew 'x'", "/a ew \"x\"")]
    [TestCase("a lt 1", "/a lt 1")]
    [TestCase("a le 1", "/a le 1")]
    [TestCase("a gt 1", "/a gt 1")]
    [TestCase("a ge 1", "/a ge 1")]
    [TestCase("a in '[\"x\",\"y\",3,true]'", "/a in \"[\\\"x\\\",\\\"y\\\",3,true]\"")]
    [TestCase("a in '[]'", "/a in \"[]\"")]
    [TestCase("a ca 'x'", "/a ca \"[\\\"x\\\"]\"")]
    [TestCase("a ca '[\"x\",\"y\"]'", "/a ca \"[\\\"x\\\",\\\"y\\\"]\"")]
    [TestCase("/a~1b/c~0d pr", "/a~1b/c~0d pr")]
    [TestCase("  \t a  eq\t1  ", "/a eq 1")]
    [TestCase("(a pr)or(b pr)", "/a pr or /b pr")]
    [TestCase("and eq 1", null)]
    [TestCase("/and eq 1", "/and eq 1")]
    [TestCase("/true eq 1", "/true eq 1")]
    [TestCase("__phoneAuthenticationMethods__ pr", "/__phoneAuthenticationMethods__ pr")]
    public void A_filter_means_what_the_grammar_says(string text, string? canonical) => Assert.That(
        QueryFilter.Parse(text).Succeeded(out QueryFilter? filter, out _) ? filter.Print() : null, Is.EqualTo(canonical));

    [TestCase("", 1, "empty")]
    [TestCase("   ", 4, "empty")]
    [TestCase("()", 2, "missing before ')'")]
    [TestCase("x and y", 3, "operator 'and'")]
    [TestCase("foo eq bar", 8, "neither quoted text nor a number")]
    [TestCase("foo pr 123", 8, "complete expression")]
    [TestCase("true foo", 6, "complete expression")]
    [TestCase("!foo pr", 1, "followed by neither")]
    [TestCase("! ! (foo pr)", 3, "'!' follows '!'")]
    [TestCase("a eq 1 or", 10, "ends where an expression")]
    [TestCase("a eq 1 and and b eq 2", 12, "'and' stands where")]
    [TestCase("a eq", 5, "value is missing")]
    [TestCase("a", 2, "operator is missing")]
    [TestCase("a (b pr)", 3, "operator is missing")]
    [TestCase("(a pr", 6, "')' is missing")]
    [TestCase("a pr)", 5, "closes nothing")]
    [TestCase("a eq 'x", 6, "does not end")]
    [TestCase("a eq \"x\\", 6, "does not end")]
    [TestCase("'a' eq 1", 1, "where a field is expected")]
    [TestCase("a eq 'x'y", 9, "complete expression")]
    [TestCase("a eq 'x''y'", 9, "complete expression")]
    [TestCase("a eq 007", 6, "neither quoted")]
    [TestCase("a eq +1", 6, "neither quoted")]
    [TestCase("a eq 1.", 6, "neither quoted")]
    [TestCase("a eq .5", 6, "neither quoted")]
    [TestCase("a eq 1.e5", 6, "neither quoted")]
    [TestCase("a eq 1e999", 6, "neither quoted")]
    [TestCase("a eq NaN", 6, "neither quoted")]
    [TestCase("a eq 99999999999999999999", 6, "neither quoted")]
    [TestCase("a eq null", 6, "neither quoted")]
    [TestCase("a ne 1", 3, "'ne' is not supported. Write !(field eq value)")]
    [TestCase("a = 1", 3, "Write eq")]
    [TestCase("a startsWith 'x'", 3, "Write sw")]
    [TestCase("not (a pr)", 1, "Write !(")]
    [TestCase("/ pr", 1, "no name")]
    [TestCase("a//b pr", 1, "empty name")]
    [TestCase("a/ pr", 1, "empty name")]
    [TestCase("a~2b pr", 1, "~ is followed by")]
    [TestCase("a in '[\"x\"'", 6, "not a JSON array")]
    [TestCase("a in '[null]'", 6, "not a JSON array")]
    [TestCase("a in '[[1]]'", 6, "not a JSON array")]
    [TestCase("a in '[\"\\\\ud800\"]'", 6, "not a JSON array")]
    public void An_illegal_filter_is_a_400_that_says_where_and_what(string text, int position, string what)
    {
        CrestError error = Given.Error(QueryFilter.Parse(text));

        Assert.Multiple(() =>
        {
            Assert.That(error.Status, Is.EqualTo(CrestStatus.BadRequest));
            Assert.That(error.Message, Does.Contain(what));
            Assert.That(error.Message, Does.StartWith("Invalid query filter at position "));
            Assert.That(error.Detail?.GetProperty("position").GetInt32(), Is.EqualTo(position));
            Assert.That(error.Detail?.GetProperty("advice").GetString(), Is.Not.Empty);
        });
    }

    [Test]
    public void Half_of_a_surrogate_pair_is_a_400()
    {
        foreach (string text in new[] { "a eq '\ud800'", "a eq '\udc00\ud800'", "\ud800" })
        {
            Assert.That(Given.Error(QueryFilter.Parse(text)).Message, Does.Contain("not valid Unicode"));
        }
    }

    [TestCase("telephone eq +12065550150")]
    [TestCase("+12065550150 eq 'x'")]
    [TestCase("a +12065550150 'x'")]
    [TestCase("a eq '+12065550150")]
    [TestCase("a eq '+12065550150' x")]
    [TestCase("a//+12065550150 pr")]
    public void No_message_repeats_a_phone_number(string text)
    {
        CrestError? error = QueryFilter.Parse(text).Error;

        Assert.That(error?.Message + error?.Detail, Does.Not.Contain("2065550150"));
    }

    [Test]
    public void Values_are_in_no_text_of_a_parsed_filter() =>
        Assert.That(Given.Value(QueryFilter.Parse("a eq '+12065550150' or b eq 12065550150")).ToString(), Does.Not.Contain("5550150"));

    [Test]
    public void Nesting_may_be_256_deep_and_no_deeper()
    {
        Assert.That(QueryFilter.Parse(new string('(', 256) + "a pr" + new string(')', 256)).Error, Is.Null);
        Assert.That(Given.Error(QueryFilter.Parse(new string('(', 257) + "a pr" + new string(')', 257))).Message, Does.Contain("256 nested"));
    }

    [TestCase("(")]
    [TestCase("!(")]
    [TestCase("! ")]
    [TestCase("a eq 1 or ")]
    [TestCase("'")]
    [TestCase("\\")]
    [TestCase("/")]
    public void A_megabyte_of_anything_is_refused_without_harm(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        Assert.That(QueryFilter.Parse(text).Error?.Message, Does.Contain("longer than"));
        Assert.That(QueryFilter.Parse(text[..60_000]).Error?.Status, Is.EqualTo(CrestStatus.BadRequest));
    }
}
