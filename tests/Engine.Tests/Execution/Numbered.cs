using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>Different phone numbers by number.</summary>
internal static class Numbered
{
    public static PhoneNumber Phone(int n) =>
        PhoneNumberReader.TryReadGraph($"+1 206555{n:D4}", out PhoneNumber number) ? number : throw new InvalidOperationException("Not a number.");

    public static CurrentSlot Slot(int? n) => n is { } some ? CurrentSlot.From(Phone(some)) : CurrentSlot.Empty;
}
