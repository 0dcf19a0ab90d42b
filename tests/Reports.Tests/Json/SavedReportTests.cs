using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Json;

public sealed class SavedReportTests
{
    private static async Task<string> Again(string json)
    {
        using MemoryStream stream = Write.Utf8(json);
        SavedReportReading reading = await SavedReport.ReadAsync(stream, CancellationToken.None);
        Assert.That(reading, Is.InstanceOf<SavedReportReading.Opened>());
        return await Write.Json(((SavedReportReading.Opened)reading).Report);
    }

    [Test]
    public async Task Every_document_reads_back_to_itself()
    {
        foreach (Report report in new[]
        {
            Sample.Report(Sample.Head(), People.All), Sample.Report(Sample.Head(), People.All).Mask(Sample.Digests), Sample.Report(Sample.Head()),
            Runs.Report(), Runs.Report().Mask(Sample.Digests),
            Sample.Report(Hostile.Head(Hostile.Texts[2]), [.. Hostile.Users.Where(u => !u.Row.UserText.Contains('\uD800'))]),
        })
        {
            string json = await Write.Json(report);
            Assert.That(await Again(json), Is.EqualTo(json));
        }
    }

    [TestCase("")]
    [TestCase("user;phones")]
    [TestCase("""{"kind":"runs","formatVersion":"1.0"}""")]
    public async Task Anything_else_is_no_report(string text)
    {
        using MemoryStream stream = Write.Utf8(text);
        Assert.That(await SavedReport.ReadAsync(stream, CancellationToken.None), Is.InstanceOf<SavedReportReading.NotAReport>());
    }
}
