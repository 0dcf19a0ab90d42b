using System.Text.Json;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Readiness;

/// <summary>Parts of the document <c>readiness</c>.</summary>
internal static class ReadinessAnswers
{
    public static JsonElement Tenant(Answer answer) => answer.Document.GetProperty("tenants").EnumerateArray().Single();

    public static JsonElement[] People(JsonElement tenant) => [.. tenant.GetProperty("people").EnumerateArray()];

    public static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
