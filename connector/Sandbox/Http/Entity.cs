using System.Text.Json;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox.Http;

/// <summary>How the entities are written. Nothing here decides anything.</summary>
internal static class Entity
{
    public static void Phone(Utf8JsonWriter w, PhoneSlot slot, StoredPhone phone, SeenMethod view)
    {
        SandboxSettings settings = view.Site.Settings;
        if (view.WithType) w.WriteString("@odata.type", "#microsoft.graph.phoneAuthenticationMethod");
        w.WriteString("id", slot.Id());
        w.WriteString("phoneNumber", settings.Permissions.Masking == NumberMasking.None
            ? phone.Number : NumberFormat.Masked(phone.Number, settings.Permissions.Masking));
        w.WriteString("phoneType", slot.WireName());
        w.WriteString("smsSignInState", phone.SmsSignIn.WireName());
        Created(w, phone.Created, settings);
        Used(w, phone.LastUsed, view);
    }

    public static void Email(Utf8JsonWriter w, string address, SandboxSettings settings, bool withType)
    {
        if (withType) w.WriteString("@odata.type", "#microsoft.graph.emailAuthenticationMethod");
        w.WriteString("id", FixedIds.Email);
        w.WriteString("emailAddress", address);
        Created(w, null, settings);
    }

    public static void Password(Utf8JsonWriter w, SandboxSettings settings, bool withType)
    {
        if (withType) w.WriteString("@odata.type", "#microsoft.graph.passwordAuthenticationMethod");
        w.WriteString("id", FixedIds.Password);
        w.WriteNull("password");
        Created(w, null, settings);
    }

    public static void Method(Utf8JsonWriter w, StoredMethod method, SeenMethod view)
    {
        MethodKindFacts facts = MethodKindFacts.For(method.Kind);
        if (view.WithType) w.WriteString("@odata.type", "#microsoft.graph." + facts.ODataType);
        w.WriteString("id", method.Id);
        if (method.Kind == StoredMethodKind.SoftwareOath) w.WriteNull("secretKey");
        else if (method.Kind is not (StoredMethodKind.TemporaryAccessPass or StoredMethodKind.HardwareOath or StoredMethodKind.QrCodePin))
            w.WriteString("displayName", method.DisplayName);
        if (method.Pass is { } pass) Pass(w, pass, view);
        if (method.Properties is not null)
            foreach ((string? name, string? value) in method.Properties) w.WriteString(name, value);
        Created(w, method.Created, view.Site.Settings);
        Used(w, method.LastUsed, view);
    }

    private static void Pass(Utf8JsonWriter w, StoredPass pass, SeenMethod view)
    {
        (bool usable, string reason) = PassRules.Usability(pass, view.Call.User, view.Site.Tenant);
        w.WriteNull("temporaryAccessPass");
        w.WriteString("startDateTime", Time(pass.Start));
        w.WriteNumber("lifetimeInMinutes", pass.LifetimeInMinutes);
        w.WriteBoolean("isUsableOnce", pass.UsableOnce);
        w.WriteBoolean("isUsable", usable);
        w.WriteString("methodUsabilityReason", reason);
    }

    private static void Created(Utf8JsonWriter w, DateTimeOffset? created, SandboxSettings settings)
    {
        if (!settings.CreatedDateTime) return;
        if (created is { } at) w.WriteString("createdDateTime", Time(at));
        else w.WriteNull("createdDateTime");
    }

    private static void Used(Utf8JsonWriter w, DateTimeOffset? used, SeenMethod view)
    {
        if (!view.Call.Beta || !view.Site.Settings.LastUsedDateTime) return;
        if (used is { } at) w.WriteString("lastUsedDateTime", Time(at));
        else w.WriteNull("lastUsedDateTime");
    }

    public static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Ids that are the same for every user.</summary>
internal static class FixedIds
{
    public const string Password = "28c10230-6103-485e-b985-444c60001490";
    public const string Email = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";
}

/// <summary>For whom a method is written.</summary>
/// <param name="WithType">Whether it carries <c>@odata.type</c>.</param>
internal readonly record struct SeenMethod(Call Call, Site Site, bool WithType);
