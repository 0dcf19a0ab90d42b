using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Graph.Json;

/// <summary>The fixed ids of the three phone slots (docs/graph.md#phone-requests).</summary>
internal static class PhoneSlotIds
{
    public static string For(PhoneType type) => type switch
    {
        PhoneType.Mobile => "3179e48a-750b-4051-897c-87b9720928f7",
        PhoneType.AlternateMobile => "b6332ec1-7057-4abe-9331-3d72feddfe41",
        PhoneType.Office => "e37fc753-ff3b-4958-9484-eaa9425c82bc",
    };

    public static PhoneType? Find(string id)
    {
        for (PhoneType type = PhoneType.Mobile; type <= PhoneType.Office; type++)
        {
            if (id.Equals(For(type), StringComparison.OrdinalIgnoreCase)) return type;
        }

        return null;
    }
}
