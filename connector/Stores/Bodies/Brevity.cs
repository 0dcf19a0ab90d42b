using System.Text.Json.Serialization.Metadata;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Stores.Bodies;

/// <summary>Leaves out what most rows do not have: unmanaged values and empty slots.</summary>
internal static class Brevity
{
    public static void Describe(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.PropertyType == typeof(Wanted<PhoneNumber>)) property.ShouldSerialize = (_, value) => value is Wanted<PhoneNumber> { IsManaged: true };
            else if (property.PropertyType == typeof(Wanted<string>)) property.ShouldSerialize = (_, value) => value is Wanted<string> { IsManaged: true };
            else if (property.PropertyType == typeof(CurrentSlot)) property.ShouldSerialize = (_, value) => value is CurrentSlot { IsEmpty: false };
        }
    }
}
