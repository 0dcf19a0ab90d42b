using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>The contents of the three slots at one moment.</summary>
public readonly record struct PhoneSlots(CurrentSlot Mobile, CurrentSlot AlternateMobile, CurrentSlot Office)
{
    public static PhoneSlots From(CurrentMethods current) => new(current.Mobile, current.AlternateMobile, current.Office);

    public int Count => (Mobile.IsEmpty ? 0 : 1) + (AlternateMobile.IsEmpty ? 0 : 1) + (Office.IsEmpty ? 0 : 1);

    public CurrentSlot this[PhoneType type] => type switch
    {
        PhoneType.Mobile => Mobile,
        PhoneType.AlternateMobile => AlternateMobile,
        PhoneType.Office => Office,
    };

    public PhoneSlots With(PhoneType type, CurrentSlot slot) => type switch
    {
        PhoneType.Mobile => this with { Mobile = slot },
        PhoneType.AlternateMobile => this with { AlternateMobile = slot },
        PhoneType.Office => this with { Office = slot },
    };

    /// <summary>The state after one operation on a phone slot; other operations leave it as it is.</summary>
    public PhoneSlots After(Operation operation) => operation switch
    {
        Operation.AddPhone add => With(add.Slot, CurrentSlot.From(add.Number)),
        Operation.UpdatePhone update => With(update.Slot, CurrentSlot.From(update.Number)),
        Operation.DeletePhone delete => With(delete.Slot, CurrentSlot.Empty),
        _ => this,
    };
}
