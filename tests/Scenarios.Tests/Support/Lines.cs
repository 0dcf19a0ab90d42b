using System.Text.Json;
using ProvisioningConnector.Sandbox.Journal;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Scenarios.Tests.Support;

/// <summary>Documents, the tenant and its journal as short comparable lines.</summary>
internal static class Lines
{
    /// <summary>An operation of a revealed document, such as <c>update phone mobile +1 206 -> +1 207</c>.</summary>
    public static string Format(JsonElement operation)
    {
        string? slot = Text(operation, "slot"), before = Text(operation, "before"), after = Text(operation, "after"), action = Text(operation, "action");
        string method = Text(operation, "method") ?? "?";
        string head = string.Join(' ', new[] { action, method, slot }.OfType<string>());
        return (action, method) switch
        {
            ("add", _) or ("prefer", _) => $"{head} {after}",
            ("update", _) => $"{head} {before} -> {after}",
            ("delete", "phone" or "email") => $"{head} {before}",
            _ => head,
        };
    }

    /// <summary>What an operation sends: user, action, method and value.</summary>
    public static string Sent(string uid, JsonElement operation)
    {
        string method = Text(operation, "method") ?? "?";
        string what = method switch
        {
            "phone" => $"phone {Text(operation, "slot")}",
            "email" or "smsSignIn" or "preferredMethod" =>
            method,
            _ => $"{method} {Text(operation, "id")}"
        };
        string action = Text(operation, "action") ?? "?";
        string value = action is "add" or "update" or "prefer" ? $" {Bare(Text(operation, "after"))}" : string.Empty;
        return $"{uid} {action} {what}{value}";
    }

    /// <summary>A write that the tenant applied, in the words of <see cref="Sent"/>.</summary>
    public static string Applied(RecordedRequest request)
    {
        string[] path = request.Path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        int at = Array.IndexOf(path, "authentication");
        string collection = path[at + 1], id = path.Length > at + 2 ? path[at + 2] : string.Empty;
        using JsonDocument? body = request.Body is null ? null : JsonDocument.Parse(request.Body);
        string? Value(string name) => body is null ? null : Text(body.RootElement, name);
        string uid = $"{request.UserId}";
        return (request.Method, collection, path[^1]) switch
        {
            ("POST", _, "enableSmsSignIn") => $"{uid} enable smsSignIn",
            ("POST", _, "disableSmsSignIn") => $"{uid} disable smsSignIn",
            ("POST", "phoneMethods", _) => $"{uid} add phone {Value("phoneType")} {Bare(Value("phoneNumber"))}",
            ("PATCH", "phoneMethods", _) => $"{uid} update phone {SlotNames.FromId(id)?.WireName()} {Bare(Value("phoneNumber"))}",
            ("DELETE", "phoneMethods", _) => $"{uid} delete phone {SlotNames.FromId(id)?.WireName()}",
            ("POST", "emailMethods", _) => $"{uid} add email {Value("emailAddress")}",
            ("PATCH", "emailMethods", _) => $"{uid} update email {Value("emailAddress")}",
            ("DELETE", "emailMethods", _) => $"{uid} delete email",
            ("PATCH", "signInPreferences", _) => $"{uid} prefer preferredMethod {Value("userPreferredMethodForSecondaryAuthentication")}",
            ("DELETE", "windowsHelloForBusinessMethods", _) => $"{uid} delete windowsHello {id}",
            ("DELETE", "externalAuthenticationMethods", _) => $"{uid} delete external {id}",
            ("DELETE", _, _) => $"{uid} delete {collection.Replace("Methods", "", StringComparison.Ordinal)} {id}",
            _ => $"{uid} {request.Method} {request.Path}",
        };
    }

    /// <summary>What a user of the tenant has.</summary>
    public static string Format(SandboxUser user, bool withDefault = true)
    {
        List<string> parts = [];
        foreach (PhoneSlot slot in Enum.GetValues<PhoneSlot>())
        {
            if (user.Phone(slot) is { } number) parts.Add($"{slot.WireName()} {number}");
        }

        if (user.Credentials.Mobile is { SmsSignIn: StoredSmsState.Ready }) parts.Add("sms ready");
        if (user.Email is { } email) parts.Add($"email {email}");
        parts.AddRange(user.Credentials.Others.GroupBy(o => o.Kind).OrderBy(g => g.Key)
            .Select(g => $"{char.ToLowerInvariant($"{g.Key}"[0])}{$"{g.Key}"[1..]} {g.Count()}"));
        if (withDefault && user.Credentials.Default is { } preferred) parts.Add($"default {char.ToLowerInvariant($"{preferred}"[0])}{$"{preferred}"[1..]}");
        return string.Join("; ", parts);
    }

    public static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static string Bare(string? number) => (number ?? string.Empty).Replace(" ", "", StringComparison.Ordinal);
}
