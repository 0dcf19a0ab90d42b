using ProvisioningConnector.Crest.Filters;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace ProvisioningConnector.Crest.Tests.Filters;

public sealed class FilterPropertyTests
{
    [Property(MaxTest = 2000)]
    public void What_is_printed_is_parsed_to_the_same_filter(int seed)
    {
        QueryFilter filter = AnyFilter.From(new Random(seed), 5);

        Assert.That(Given.Value(QueryFilter.Parse(filter.Print())), Is.EqualTo(filter), filter.Print);
    }

    [Property(MaxTest = 500)]
    public void Keywords_may_be_written_in_any_case(int seed)
    {
        QueryFilter filter = AnyFilter.From(new Random(seed), 4);
        string text = filter.Print();

        // Upper case outside quotes and pointers only.
        string shouted = string.Concat(text.Split('"').Select((part, index) => index % 2 == 1 ? $"\"{part}\""
            : string.Join(' ', part.Split(' ').Select(word => word.Contains('/', StringComparison.Ordinal) ? word : word.ToUpperInvariant()))));

        if (text.Contains('\\', StringComparison.Ordinal)) return;
        Assert.That(Given.Value(QueryFilter.Parse(shouted)), Is.EqualTo(filter), shouted);
    }

    [Test]
    public void Two_filters_that_differ_are_not_equal() => Assert.That(
        Enumerable.Range(0, 300).Select(seed => AnyFilter.From(new Random(seed), 3)).GroupBy(f => f.Print(),
            StringComparer.Ordinal).SelectMany(group => group.Distinct().Skip(1)), Is.Empty);
}
