using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Html;

/// <summary>Text, times and digests as they stand in a page.</summary>
internal static class HtmlContent
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Text that adds no element and turns no direction, whatever it holds.</summary>
    public static string Encode(string text) => Encoder.Encode(Visible.Escape(text));

    /// <summary>A time in UTC; the page's script puts the reader's own time beside it.</summary>
    public static string Time(DateTimeOffset at) =>
        $"<time datetime=\"{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{Encode(Wording.At(at))}</time>";

    /// <summary>What the policy of a page names a script or a style by.</summary>
    public static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
