using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

[FsCheck.NUnit.Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 300)]
public class EntryTests
{
    [TestCase("+1 7322714703:mobile", "+1 7322714703:mobile")]
    [TestCase("+1 7322714705:alternate_mobile", "+1 7322714705:alternateMobile")]
    [TestCase("+1 7322714709 : Office", "+1 7322714709:office")]
    [TestCase("tel:+1-206-555-0100;ext=123:office", "+1 2065550100x123:office")]
    [TestCase("tel:+1-206-555-0100:office phone", "+1 2065550100:office")]
    [TestCase("+1 2065550100x123:mobile", "ExtensionNotOnOffice")]
    [TestCase("+1 2065550100x123:alternateMobile", "ExtensionNotOnOffice")]
    [TestCase("+1 2065550100", "MissingType")]
    [TestCase("+1 2065550100:", "MissingType")]
    [TestCase("tel:+1-206-555-0100", "MissingType")]
    [TestCase("+1 2065550100:pager", "UnknownType")]
    [TestCase("mobile:+1 2065550100", "UnknownType")]
    [TestCase(":mobile", "Empty")]
    [TestCase("", "Empty")]
    [TestCase("+44 07940123966:mobile", "TrunkZero")]
    [TestCase("+1 206 ***:mobile", "Masked")]
    public void An_entry_is_a_number_and_a_type_split_at_the_last_colon(string text, string result) =>
        Assert.That(Reading.Entry(text), Is.EqualTo(result));

    [TestCase("+1 2065550100:moblie", "mobile")]
    [TestCase("+1 2065550100:Alternate Mobil", "alternateMobile")]
    [TestCase("+1 2065550100:ofice", "office")]
    [TestCase("+1 2065550100:cell", "mobile")]
    [TestCase("+1 2065550100:work", "office")]
    public void A_misspelt_type_is_reported_with_the_nearest_right_name(string text, string name) =>
        Assert.That(PhoneEntryReader.Read(text, null).Refusal?.Message, Does.Contain($"Did you mean {name}?"));

    [Test]
    public void A_swapped_entry_shows_how_to_write_it() =>
        Assert.That(
            PhoneEntryReader.Read("mobile:+1 2065550100", null).Refusal?.Message,
            Does.Contain("'mobile' stands before the number").And.Contains("number:type").And.Not.Contains("0100"));

    [TestCase("a;b|c", "a/b/c")]
    [TestCase(" a ; ;; b |", "a/b")]
    [TestCase("a,b", "a,b")]
    [TestCase("tel:+1-206-555-0100;ext=123:office;+1 2:mobile", "tel:+1-206-555-0100;ext=123:office/+1 2:mobile")]
    [TestCase("+1 206;EXT=1:office|x", "+1 206;EXT=1:office/x")]
    [TestCase("+1 206; ext=1:office", "+1 206; ext=1:office")]
    [TestCase("a;external", "a/external")]
    [TestCase("", "")]
    [TestCase(" ;|; ", "")]
    public void A_cell_is_split_at_semicolons_and_bars(string cell, string entries) =>
        Assert.That(string.Join('/', PhoneEntryReader.SplitList(cell)), Is.EqualTo(entries));

    [FsCheck.NUnit.Property]
    public bool A_joined_list_splits_and_reads_back_to_the_same_entries(PhoneEntry[] entries) =>
        PhoneEntryReader.SplitList(string.Join(';', entries.Select(Reading.Spelled)))
            .Select(text => PhoneEntryReader.Read(text, null).Entry)
            .SequenceEqual(entries);

    [FsCheck.NUnit.Property]
    public bool A_slot_column_takes_what_an_entry_of_its_type_takes(PhoneEntry entry) =>
        PhoneEntryReader.ReadSlot(entry.Number.Canonical(), entry.Type, null).Entry == entry
        && PhoneEntryReader.Read(Reading.Spelled(entry), null).Entry == entry;
}
