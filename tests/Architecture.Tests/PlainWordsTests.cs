using System.Text.RegularExpressions;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>Words of a dialect that a reader would have to learn first stay out of the product (docs/contributing.md).</summary>
public sealed partial class PlainWordsTests
{
    /// <summary>Folders that are clean. Add a folder here once it is.</summary>
    private static readonly string[] Clean = ["engine", "connector", "tests"];

    /// <summary>Names from outside, and codes and stored names, which stay for those who read them.</summary>
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "Math.Floor", "decimal.Floor", "\"wish\"", "authenticationTrouble", "protectedNobody", "runNotTold", "endNotTold", "moreEqualUsersTold", "toldSecret",
    };

    [TestCaseSource(nameof(Clean))]
    public void No_word_of_the_dialect_stands_in(string folder)
    {
        string[] found = [.. Repository.Sources(folder).Where(file => Path.GetFileName(file) != "PlainWordsTests.cs")
            .SelectMany(file => File.ReadLines(file).SelectMany((line, at) => Found(line).Select(word => $"{Repository.Relative(file)}:{at + 1} {word}")))];

        Assert.That(found, Is.Empty, "Say it in the field's words: docs/contributing.md.");
    }

    [TestCase("/// <summary>Hears how it goes on.</summary>", "Hears")]
    [TestCase("internal sealed class StoreTrouble", "StoreTrouble")]
    [TestCase("string reply = \"It ended in its midst.\";", "midst")]
    [TestCase("Nobody can be asked", "Nobody")]
    [TestCase("double whole = Math.Floor(2.5);", null)]
    [TestCase("the code \"authenticationTrouble\"", null)]
    [TestCase("callers are told to wait", "told")]
    [TestCase("the user himself", "himself")]
    [TestCase("public void Nothing_to_do_asks_nobody()", "nobody")]
    [TestCase("/users/nobody@contoso.com and \"nobody\"", null)]
    [TestCase("bookkeeping of an address book, and a mandate", null)]
    public void A_word_is_found_in_prose_and_in_names(string line, string? word) =>
        Assert.That(Found(line), Is.EqualTo(word is null ? [] : new[] { word }));

    private static IEnumerable<string> Found(string line) =>
        Prose().Matches(line.Replace('_', ' ')).Concat(Names().Matches(line)).Select(match => match.Value).Distinct().Where(word => !Kept.Contains(word));

    /// <summary>Whole words, in any case.</summary>
    [GeneratedRegex("\"wish\"|(?<![\":/])\\b(?:hears?|heard|midst|nobody|somebody|whoever|mends?|mended|troubles?|wish|wishes|told|tells?|him|his|himself)\\b"
        + "(?!@|\\.invalid|-else|\"[,)\\]])", RegexOptions.IgnoreCase)]
    private static partial Regex Prose();

    /// <summary>Parts of names.</summary>
    [GeneratedRegex("\\b(?:Math\\.|decimal\\.)?[A-Za-z]*(?:Desk|Book|Door|Floor|Sight|Wish|Told|Trouble|Mend|Hears?|Nobody|Somebody)s?(?:[A-Z][A-Za-z]*)?\\b")]
    private static partial Regex Names();
}
