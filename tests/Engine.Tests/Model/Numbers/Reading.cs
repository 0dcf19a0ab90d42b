using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

/// <summary>Short ways to read and to say what was read.</summary>
internal static class Reading
{
    public static string Read(string text, string? country = null) =>
        PhoneNumberReader.Read(text, country).TryGet(out PhoneNumber number, out PhoneRefusal? refusal) ? number.Canonical() : refusal.Code.ToString();

    public static string Entry(string text, string? country = null) =>
        PhoneEntryReader.Read(text, country).TryGet(out PhoneEntry entry, out PhoneRefusal? refusal) ? Spelled(entry) : refusal.Code.ToString();

    /// <summary>The full form, <c>+1 2065550100:mobile</c>.</summary>
    public static string Spelled(PhoneEntry entry) => $"{entry.Number.Canonical()}:{PhoneTypes.Name(entry.Type)}";

    public static string Graph(string text) =>
        PhoneNumberReader.TryReadGraph(text, out PhoneNumber number) ? number.Canonical() : "no number";

    public static PhoneNumber Number(string text) => PhoneNumberReader.Read(text, null).Number;
}
