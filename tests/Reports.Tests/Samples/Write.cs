using System.Text;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Reports.Tests.Samples;

internal static class Write
{
    public static async Task<string> Json(Report report)
    {
        using MemoryStream stream = new();
        await JsonReports.WriteAsync(report, stream, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));
}
