namespace ProvisioningConnector.Sandbox.Model;

/// <summary>The three places for a phone number; at most one number each, each with a fixed id (docs/graph.md#phone-requests).</summary>
public enum PhoneSlot
{
    Mobile,
    AlternateMobile,
    Office,
}

/// <summary>How a slot is spelled on the wire.</summary>
public static class SlotNames
{
    public const string MobileId = "3179e48a-750b-4051-897c-87b9720928f7";
    public const string AlternateMobileId = "b6332ec1-7057-4abe-9331-3d72feddfe41";
    public const string OfficeId = "e37fc753-ff3b-4958-9484-eaa9425c82bc";

    public static string Id(this PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => MobileId,
        PhoneSlot.AlternateMobile => AlternateMobileId,
        PhoneSlot.Office => OfficeId,
    };

    /// <summary>The value of <c>phoneType</c>.</summary>
    public static string WireName(this PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => "mobile",
        PhoneSlot.AlternateMobile => "alternateMobile",
        PhoneSlot.Office => "office",
    };

    public static PhoneSlot? FromId(string id)
    {
        if (MobileId.Equals(id, StringComparison.OrdinalIgnoreCase)) return PhoneSlot.Mobile;
        if (AlternateMobileId.Equals(id, StringComparison.OrdinalIgnoreCase)) return PhoneSlot.AlternateMobile;
        if (OfficeId.Equals(id, StringComparison.OrdinalIgnoreCase)) return PhoneSlot.Office;
        return null;
    }

    public static PhoneSlot? FromWireName(string? name)
    {
        if ("mobile".Equals(name, StringComparison.OrdinalIgnoreCase)) return PhoneSlot.Mobile;
        if ("alternateMobile".Equals(name, StringComparison.OrdinalIgnoreCase)) return PhoneSlot.AlternateMobile;
        if ("office".Equals(name, StringComparison.OrdinalIgnoreCase)) return PhoneSlot.Office;
        return null;
    }
}
