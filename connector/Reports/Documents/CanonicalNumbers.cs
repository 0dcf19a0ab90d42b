using System.Text.Json;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>Reads the canonical numbers of full documents.</summary>
internal static class CanonicalNumbers
{
    /// <exception cref="JsonException">It is not a number; the message does not repeat it.</exception>
    public static PhoneNumber Read(string? text) =>
        text is not null && PhoneNumberReader.TryReadGraph(text, out PhoneNumber number)
            ? number
            : throw new JsonException("A phone number is expected where something else stands.");
}
