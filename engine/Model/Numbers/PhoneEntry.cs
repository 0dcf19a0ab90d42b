namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>One entry of an authoritative list: a number and the place it belongs to, written <c>number:type</c> (design 6).</summary>
public readonly record struct PhoneEntry(PhoneNumber Number, PhoneType Type)
{
    /// <summary>The masked form.</summary>
    public override string ToString() => $"{Number.Masked()}:{PhoneTypes.Name(Type)}";
}
