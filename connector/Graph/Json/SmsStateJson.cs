using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Json;

/// <summary>State of SMS sign-in: names in any case; what is not known is <see cref="SmsSignInState.Unknown"/>.</summary>
internal static class SmsStateJson
{
    /// <summary>The state that a phone object shows; null without one.</summary>
    public static SmsSignInState? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            Utf8JsonReader reader = new(Utf8Text.WithoutMark(body).Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool wanted = reader.ValueTextEquals("smsSignInState"u8);
                reader.Read();
                if (wanted && reader.TokenType == JsonTokenType.String) return Parse(reader.GetString() ?? "");
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The write was accepted whatever its body looks like; the state stays unknown.
            return null;
        }

        return null;
    }

    public static SmsSignInState Parse(ReadOnlySpan<char> text)
    {
        for (SmsSignInState state = SmsSignInState.NotSupported; state <= SmsSignInState.NotConfigured; state++)
        {
            if (text.Equals(Name(state), StringComparison.OrdinalIgnoreCase)) return state;
        }

        return SmsSignInState.Unknown;
    }

    private static string Name(SmsSignInState state) => state switch
    {
        SmsSignInState.Unknown => "",
        SmsSignInState.NotSupported => "notSupported",
        SmsSignInState.NotAllowedByPolicy => "notAllowedByPolicy",
        SmsSignInState.NotEnabled => "notEnabled",
        SmsSignInState.PhoneNumberNotUnique => "phoneNumberNotUnique",
        SmsSignInState.Ready => "ready",
        SmsSignInState.NotConfigured => "notConfigured",
    };
}
