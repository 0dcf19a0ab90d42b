using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Host.Cli;

namespace ProvisioningConnector.Host.Tests.Cli;

public sealed class OutputFormatTests
{
    [TestCase("r.html", nameof(OutputFormat.Html))]
    [TestCase("r.HTM", nameof(OutputFormat.Html))]
    [TestCase("a.b/R.MD", nameof(OutputFormat.Markdown))]
    [TestCase("r.markdown", nameof(OutputFormat.Markdown))]
    [TestCase("r.json", nameof(OutputFormat.Json))]
    [TestCase("r.txt", nameof(OutputFormat.Text))]
    [TestCase("r.log", nameof(OutputFormat.Text))]
    public void The_ending_of_a_file_is_its_format(string path, string expected) => Assert.That(OutputFormats.OfFile(path).ToString(), Is.EqualTo(expected));

    [TestCase("r.pdf")]
    [TestCase("r")]
    [TestCase("")]
    public void Another_ending_is_refused(string path) =>
        Assert.That(() => OutputFormats.OfFile(path),
            Throws.InstanceOf<ProvisioningException>().With.Property(nameof(ProvisioningException.Code)).EqualTo("unknownReportFormat"));
}
