using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Graph.Tests.Support;

/// <summary>Values for tests that do not care which.</summary>
internal static class Some
{
    public static PhoneNumber Number(string text = "+1 2065550100") =>
        PhoneNumberReader.TryReadGraph(text, out PhoneNumber number) ? number : throw new ArgumentException("not a number", nameof(text));

    public static Reason Reason => default;

    public static Operation.AddPhone Add(PhoneType slot = PhoneType.Mobile) => new(slot, Number(), Reason);

    public static Operation.UpdatePhone Update(PhoneType slot = PhoneType.Mobile) => new(slot, CurrentSlot.From(Number("+1 2065550101")), Number(), Reason);

    public static Operation.DeletePhone Delete(PhoneType slot = PhoneType.Mobile) => new(slot, CurrentSlot.From(Number()), Reason);
}
