using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Patches;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace ProvisioningConnector.Crest.Tests.Patches;

/// <summary>What a PATCH does per attribute.</summary>
public sealed class PatchChangesTests
{
    private static readonly PatchTarget[] Targets = [new("phones", true), new("mail", false)];

    [TestCase("", "")]
    [TestCase("add phones a", "phones +a")]
    [TestCase("add phones a|add phones b", "phones +a,b")]
    [TestCase("add phones a|add phones a", "phones +a")]
    [TestCase("add phones a,b|remove phones c", "phones +a,b -c")]
    [TestCase("remove phones a|add phones a", "phones +a")]
    [TestCase("add phones a|remove phones a", "phones -a")]
    [TestCase("remove phones", "phones cleared")]
    [TestCase("remove phones|add phones a", "phones =a")]
    [TestCase("replace phones a,b|remove phones a", "phones =b")]
    [TestCase("replace phones a|remove phones a", "phones cleared")]
    [TestCase("replace phones a,b,a", "phones =a,b")]
    [TestCase("replace phones a|add phones b", "phones =a,b")]
    [TestCase("remove phones a|replace phones a", "phones =a")]
    [TestCase("add phones a|remove phones", "phones cleared")]
    [TestCase("remove phones|remove phones a", "phones cleared")]
    [TestCase("add mail x", "mail =x")]
    [TestCase("add mail x|add mail y", "mail =y")]
    [TestCase("add mail x|remove mail x", "mail cleared")]
    [TestCase("remove mail x", "mail -x")]
    [TestCase("add PHONES a|add phones b", "phones +a,b")]
    [TestCase("add mail x|add phones a|replace mail y", "mail =y;phones +a")]
    public void Operations_on_one_attribute_become_one_change(string operations, string expected) =>
        Assert.That(string.Join(';', Given.Value(PatchChanges.From(Read(operations), Targets)).Select(Text)), Is.EqualTo(expected));

    [TestCase("add phone a", "Target does not support attribute phone", "Did you mean 'phones'?")]
    [TestCase("add _id a", "Target does not support attribute _id", null)]
    [TestCase("add phones/x a", "Operations name attributes", null)]
    [TestCase("add mail x,y", "holds one value", null)]
    [TestCase("increment mail 1", "'increment' is not supported on attribute mail", null)]
    [TestCase("move mail phones", "'move' is not supported", null)]
    [TestCase("copy mail phones", "'copy' is not supported", null)]
    [TestCase("transform mail x", "'transform' is not supported", null)]
    public void What_cannot_be_done_is_a_400(string operations, string message, string? advice)
    {
        CrestError error = Given.Error(PatchChanges.From(Read(operations), Targets));

        Assert.That(error.Code, Is.EqualTo(400));
        Assert.That(error.Message, Does.StartWith(message).Or.Contain(message));
        if (advice is not null) Assert.That(error.Detail?.GetProperty("advice").GetString(), Is.EqualTo(advice));
    }

    /// <summary>The fold equals doing one operation after the other on a set of values, whatever the set is.</summary>
    [Property(MaxTest = 1000)]
    public void One_change_equals_the_operations_one_after_the_other(int seed)
    {
        Random random = new(seed);
        string[] letters = ["a", "b", "c", "d"];
        string operations = string.Join('|', Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(4) switch
        {
            0 => $"add phones {Some(random, letters)}",
            1 => $"remove phones {Some(random, letters)}",
            2 => $"replace phones {Some(random, letters)}",
            _ => "remove phones",
        }));
        string[] start = [.. letters.Where(_ => random.Next(2) == 0)];

        SortedSet<string> expected = new(start, StringComparer.Ordinal);
        foreach (string[] words in operations.Split('|').Select(o => o.Split(' ')))
        {
            if (words[0] == "replace" || words.Length == 2) expected.Clear();
            if (words.Length < 3) continue;
            if (words[0] == "remove") expected.ExceptWith(words[2].Split(','));
            else expected.UnionWith(words[2].Split(','));
        }

        AttributeChange change = Given.Value(PatchChanges.From(Read(operations), Targets)).Single();
        ImmutableArray<JsonElement> current = [.. start.Select(s => Given.Json($"\"{s}\""))];

        Assert.That(Onto(change, current).Select(v => v.GetString()), Is.EquivalentTo(expected), operations);
    }

    /// <summary>What a connector makes of a change: the values after it.</summary>
    private static ImmutableArray<JsonElement> Onto(AttributeChange change, ImmutableArray<JsonElement> current)
    {
        if (change is AttributeChange.Clear) return [];
        if (change is AttributeChange.Replace all) return all.Values;
        if (change is not AttributeChange.Amend some) throw new UnreachableException(change.GetType().Name);
        ImmutableArray<JsonElement> kept = [.. current.Where(value => !some.Removes.Any(gone => JsonElement.DeepEquals(value, gone)))];
        return [.. kept, .. some.Adds.Where(added => !kept.Any(value => JsonElement.DeepEquals(value, added)))];
    }

    private static string Some(Random random, string[] letters) =>
        string.Join(',', Enumerable.Range(0, random.Next(1, 3)).Select(_ => letters[random.Next(letters.Length)]));

    private static ImmutableArray<PatchOperation> Read(string operations)
    {
        IEnumerable<Dictionary<string, object>> items = operations.Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(o => o.Split(' ')).Select(words => words[0] switch
        {
            "move" or "copy" => new Dictionary<string, object> { ["operation"] = words[0], ["field"] = words[1], ["from"] = words[2] },
            "increment" => new Dictionary<string, object> { ["operation"] = words[0], ["field"] = words[1], ["value"] = 1 },
            _ when words.Length == 2 => new Dictionary<string, object> { ["operation"] = words[0], ["field"] = words[1] },
            _ => new Dictionary<string, object>
            {
                ["operation"] = words[0], ["field"] = words[1],
                ["value"] = words[2].Contains(',', StringComparison.Ordinal) ? words[2].Split(',') : words[2]
            },
        });
        return Given.Value(PatchBody.Read(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(items)), BodyLimits.Default));
    }

    private static string Text(AttributeChange change) => change switch
    {
        AttributeChange.Clear => $"{change.Attribute} cleared",
        AttributeChange.Replace all => $"{change.Attribute} ={Text(all.Values)}",
        AttributeChange.Amend some =>
            $"{change.Attribute}{(some.Adds.IsEmpty ? "" : $" +{Text(some.Adds)}")}{(some.Removes.IsEmpty ? "" : $" -{Text(some.Removes)}")}",
        _ => "?",
    };

    private static string Text(ImmutableArray<JsonElement> values) => string.Join(',', values.Select(v => v.GetString()));
}
