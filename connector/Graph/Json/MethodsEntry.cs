using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Graph.Json;

/// <summary>One entry of a list of methods, read straight from UTF-8; properties may stand in any order.</summary>
internal struct MethodsEntry
{
    private const int PhoneRoom = 64;

    public EntryType Type;
    public MethodKind Kind;
    public string? UnknownType;
    public string? Id;
    public string? DisplayName;
    public string? Email;
    public CurrentSlot Slot;
    public PhoneType? PhoneType;
    public bool HasPhoneType;
    public bool Masked;
    public SmsSignInState SmsSignIn;

    /// <summary>Reads the object at which the reader stands, to its end. False when it is no object.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, EntryType type, MethodKind kind, out MethodsEntry entry)
    {
        entry = new MethodsEntry { Type = type, Kind = kind };
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("@odata.type"u8)) entry.TakeType(ref reader);
            else if (reader.ValueTextEquals("id"u8)) entry.Id = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("phoneNumber"u8)) entry.TakeNumber(ref reader);
            else if (reader.ValueTextEquals("phoneType"u8)) entry.TakePhoneType(ref reader);
            else if (reader.ValueTextEquals("smsSignInState"u8)) entry.SmsSignIn = SmsStateJson.Parse(JsonValues.Text(ref reader));
            else if (reader.ValueTextEquals("emailAddress"u8)) entry.Email = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("displayName"u8)) entry.DisplayName = JsonValues.Text(ref reader);
            else JsonValues.Pass(ref reader);
        }

        return true;
    }

    private void TakeType(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) Type = MethodTypes.Read(ref reader, out Kind, out UnknownType);
        else reader.Skip();
    }

    private void TakeNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return;
        }

        if (reader.ValueSpan.Length > PhoneRoom)
        {
            Take(reader.GetString() ?? "");
            return;
        }

        Span<char> room = stackalloc char[PhoneRoom];
        Take(room[..reader.CopyString(room)]);
    }

    private void Take(ReadOnlySpan<char> text)
    {
        Masked = PhoneNumberReader.LooksMasked(text);
        if (Masked || text.Trim().IsEmpty) return;
        Slot = PhoneNumberReader.TryReadGraph(text, out PhoneNumber number) ? CurrentSlot.From(number) : CurrentSlot.FromGraph(text.ToString());
    }

    private void TakePhoneType(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return;
        }

        HasPhoneType = true;
        if (reader.ValueTextEquals("mobile"u8)) PhoneType = Engine.Model.Numbers.PhoneType.Mobile;
        else if (reader.ValueTextEquals("office"u8)) PhoneType = Engine.Model.Numbers.PhoneType.Office;
        else if (reader.ValueTextEquals("alternateMobile"u8)) PhoneType = Engine.Model.Numbers.PhoneType.AlternateMobile;
        else if (PhoneTypes.TryParse(reader.GetString(), out PhoneType type)) PhoneType = type;
    }
}
