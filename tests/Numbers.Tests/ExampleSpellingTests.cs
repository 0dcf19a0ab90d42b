using PhoneNumbers;
using ProvisioningConnector.Engine.Model.Numbers;
using PhoneNumber = PhoneNumbers.PhoneNumber;

namespace ProvisioningConnector.Numbers.Tests;

/// <summary>The library as oracle: its example numbers of all regions and types of line, each in all its formats, as the engine reads them.</summary>
public sealed class ExampleSpellingTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    private static readonly PhoneNumberType[] Types =
        [.. Enum.GetValues<PhoneNumberType>().Except([PhoneNumberType.UNKNOWN, PhoneNumberType.FIXED_LINE_OR_MOBILE])];

    private static IReadOnlyList<Example> Examples { get; } =
    [
        .. from region in Library.GetSupportedRegions().Order(StringComparer.Ordinal)
           from type in Types
           let number = Library.GetExampleNumberForType(region, type)
           where number is not null
           from format in Enum.GetValues<PhoneNumberFormat>()
           select new Example(region, type, Library.Format(number, format), $"+{number.CountryCode} {Library.GetNationalSignificantNumber(number)}", number),
    ];

    [Test]
    public void The_examples_cover_the_world() => Assert.That(Examples, Has.Count.GreaterThanOrEqualTo(4_456));

    [Test]
    public void No_spelling_is_read_as_another_number()
    {
        string[] others =
        [
            .. from example in Examples
               let reading = PhoneNumberReader.Read(example.Text, example.Region)
               where reading.Succeeded && reading.Number.Canonical() != example.Canonical
               select $"{example.Region} {example.Type}: '{example.Text}' is {example.Canonical}, read as {reading.Number.Canonical()}",
        ];

        Assert.That(others, Is.Empty);
    }

    [Test]
    public void Only_what_is_listed_with_its_reason_is_refused()
    {
        string[] refused =
        [
            .. from example in Examples
               let refusal = PhoneNumberReader.Read(example.Text, example.Region).Refusal
               where refusal is not null
               select $"{example.Type} {refusal.Code} {example.Region}",
        ];
        string[] listed = [.. KnownDisagreements.All.SelectMany(one => one.Regions.Split(' ').Select(region => $"{one.Type} {one.Code} {region}"))];

        Assert.That(refused.Distinct(), Is.EquivalentTo(listed));
        Assert.That(KnownDisagreements.All.Select(one => one.Reason), Has.None.Empty);
    }

    [Test]
    public void The_opinion_on_every_example_is_that_it_is_assigned_and_what_it_is()
    {
        LibPhoneNumber opinion = new();
        string[] odd =
        [
            .. from example in Examples
               let reading = PhoneNumberReader.Read(example.Text, example.Region)
               where reading.Succeeded
               let said = opinion.Judge(reading.Number)
               where !said.IsPossible || !said.IsAssigned || !IsOf(said.Line, example.Type)
               select $"{example.Region} {example.Type} {example.Canonical}: {said}",
        ];

        Assert.That(odd, Is.Empty);
    }

    private static bool IsOf(NumberLine line, PhoneNumberType type) => line switch
    {
        NumberLine.Mobile => type == PhoneNumberType.MOBILE,
        NumberLine.FixedLine => type == PhoneNumberType.FIXED_LINE,
        NumberLine.FixedLineOrMobile => type is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE,
        NumberLine.TollFree => type == PhoneNumberType.TOLL_FREE,
        NumberLine.Premium => type == PhoneNumberType.PREMIUM_RATE,
        NumberLine.SharedCost => type == PhoneNumberType.SHARED_COST,
        NumberLine.Voip => type == PhoneNumberType.VOIP,
        NumberLine.Personal => type == PhoneNumberType.PERSONAL_NUMBER,
        NumberLine.Pager => type == PhoneNumberType.PAGER,
        NumberLine.Company => type == PhoneNumberType.UAN,
        NumberLine.Voicemail => type == PhoneNumberType.VOICEMAIL,
        NumberLine.Unknown => false,
    };

    /// <summary>A spelling of an example number.</summary>
    private sealed record Example(string Region, PhoneNumberType Type, string Text, string Canonical, PhoneNumber Number);
}
