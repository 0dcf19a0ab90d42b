using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Filters;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary><c>userRegistrationDetails</c>: no numbers, hours late (docs/graph.md#registration-report).</summary>
internal static class RegistrationReport
{
    public static Answer List(Call call, Site site)
    {
        int size = site.Settings.Reports.RegistrationPageSize;
        if (call.Query["top"] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size < 1))
            return Refusal.BadRequest(call, site, "Invalid value for $top.");
        size = Math.Min(size, 999);
        int start = 0;
        if (call.Query["skiptoken"] is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            return Refusal.BadRequest(call, site, "Invalid $skiptoken.");
        try
        {
            return Page(call, site, start, size, call.Query["filter"] is { } text ? ODataFilterParser.Parse(text) : null);
        }
        catch (FilterException e)
        {
            return Refusal.BadRequest(call, site, e.Message);
        }
    }

    public static Answer Read(Call call, Site site) =>
        site.Directory.Find(call.Segments[3]) is { } user
            ? Answer.Object(200, (call, site, user), static (w, s) =>
            {
                w.WriteString("@odata.context", s.site.Context(s.call, "reports/authenticationMethods/userRegistrationDetails/$entity"));
                Row(w, s.user, s.site, s.site.Directory.IsPrivileged(s.user), null);
            })
            : Refusal.Create(call, site, 404, "ResourceNotFound", $"Resource '{call.Segments[3]}' not found.");

    private static Answer Page(Call call, Site site, int start, int size, ODataFilter? filter)
    {
        List<SandboxUser> users = new List<SandboxUser>();
        int? next = null;
        HashSet<Guid> admins = site.Directory.Privileged();
        for (int i = start; i < site.Directory.Users.Count && next is null; i++)
        {
            SandboxUser user = site.Directory.Users[i];
            // The report leaves disabled users out.
            if (!user.Exists || !user.AccountEnabled || (filter is not null && !filter.Holds(name => Value(user, site, admins, name)))) continue;
            if (users.Count == size) next = i;
            else users.Add(user);
        }
        return Answer.Object(200, (call, site, users, next, admins), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, "reports/authenticationMethods/userRegistrationDetails"));
            if (s.next is { } place)
                w.WriteString("@odata.nextLink",
                    $"{s.site.LinkRoot(s.call)}/reports/authenticationMethods/userRegistrationDetails?"
                    + $"{s.call.Query.With("skiptoken", place.ToString(CultureInfo.InvariantCulture))}");
            w.WriteStartArray("value");
            string[]? select = s.call.Query["select"]?.Split(',', StringSplitOptions.TrimEntries);
            foreach (SandboxUser user in s.users)
            {
                w.WriteStartObject();
                Row(w, user, s.site, s.admins.Contains(user.Id), select);
                w.WriteEndObject();
            }
            w.WriteEndArray();
        });
    }

    private static void Row(Utf8JsonWriter w, SandboxUser user, Site site, bool admin, string[]? select)
    {
        UserCredentials c = site.Tenant.Views.Report(user, site.Now);
        List<string> methods = Registration.Methods(c);
        bool mfa = c.CountBesidePassword > 0;
        Text("id", user.Id.ToString());
        Text("userPrincipalName", user.UserPrincipalName);
        Text("userDisplayName", user.DisplayName);
        Text("userType", user.IsGuest ? "guest" : "member");
        Flag("isAdmin", admin);
        Flag("isSsprRegistered", methods.Count > 0);
        Flag("isSsprEnabled", user.Personal.PasswordReset);
        Flag("isSsprCapable", methods.Count > 0 && user.Personal.PasswordReset);
        Flag("isMfaRegistered", mfa);
        Flag("isMfaCapable", mfa);
        Flag("isPasswordlessCapable", Registration.Passwordless(c));
        if (Wanted("methodsRegistered"))
        {
            w.WriteStartArray("methodsRegistered");
            foreach (string name in methods) w.WriteStringValue(name);
            w.WriteEndArray();
        }
        Flag("isSystemPreferredAuthenticationMethodEnabled", c.SystemPreferred);
        if (Wanted("systemPreferredAuthenticationMethods"))
        {
            w.WriteStartArray("systemPreferredAuthenticationMethods");
            if (c.SystemPreferred && mfa) w.WriteStringValue(Registration.SystemPreferred(c));
            w.WriteEndArray();
        }
        Text("userPreferredMethodForSecondaryAuthentication", c.Default?.WireName() ?? (mfa ? "none" : ""));
        // When the row of the report was made, not when the user registered.
        Text("lastUpdatedDateTime", Entity.Time(site.Now - site.Settings.Reports.RegistrationDelay));

        bool Wanted(string name) => select is null || select.Contains(name, StringComparer.OrdinalIgnoreCase);
        void Text(string name, string? value)
        {
            if (Wanted(name)) w.WriteString(name, value);
        }
        void Flag(string name, bool value)
        {
            if (Wanted(name)) w.WriteBoolean(name, value);
        }
    }

    private static object? Value(SandboxUser user, Site site, HashSet<Guid> admins, string property) => property switch
    {
        "id" => user.Id.ToString(),
        "userPrincipalName" => user.UserPrincipalName,
        "userDisplayName" => user.DisplayName,
        "userType" => user.IsGuest ? "guest" : "member",
        "isAdmin" => admins.Contains(user.Id),
        "isMfaRegistered" or "isMfaCapable" => site.Tenant.Views.Report(user, site.Now).CountBesidePassword > 0,
        "isPasswordlessCapable" => Registration.Passwordless(site.Tenant.Views.Report(user, site.Now)),
        "methodsRegistered" => Registration.Methods(site.Tenant.Views.Report(user, site.Now))
            .Select(name => new Func<string, object?>(p => p.Length == 0 ? name : null)).ToList(),
        _ => throw new FilterException($"Could not find a property named '{property}' on type 'microsoft.graph.userRegistrationDetails'."),
    };
}

/// <summary>What the registration report derives from a user's methods (docs/graph.md#registration-report).</summary>
internal static class Registration
{
    public static List<string> Methods(UserCredentials of)
    {
        List<string> names = new List<string>();
        if (of.Mobile is not null) names.Add("mobilePhone");
        if (of.AlternateMobile is not null) names.Add("alternateMobilePhone");
        if (of.Office is not null) names.Add("officePhone");
        if (of.Email is not null) names.Add("email");
        foreach (StoredMethod method in of.Others)
            if (Name(method) is { } name && !names.Contains(name)) names.Add(name);
        return names;
    }

    private static string? Name(StoredMethod method) => method.Kind switch
    {
        StoredMethodKind.Fido2 => method.Properties?.GetValueOrDefault("passkeyType") == "synced" ? "passKeySynced" : "passKeyDeviceBound",
        StoredMethodKind.MicrosoftAuthenticator => "microsoftAuthenticatorPush",
        StoredMethodKind.SoftwareOath => "softwareOneTimePasscode",
        StoredMethodKind.WindowsHello => "windowsHelloForBusiness",
        StoredMethodKind.TemporaryAccessPass => "temporaryAccessPass",
        StoredMethodKind.PlatformCredential => "macOsSecureEnclaveKey",
        StoredMethodKind.External => "externalAuthMethod",
        StoredMethodKind.HardwareOath => "hardwareOneTimePasscode",
        StoredMethodKind.QrCodePin => "qrCode",
        StoredMethodKind.ResourceAccountKey => null,
        StoredMethodKind.Future => "hologram",
    };

    public static bool Passwordless(UserCredentials of) =>
        of.Others.Any(m => m.Kind is StoredMethodKind.Fido2 or StoredMethodKind.WindowsHello or StoredMethodKind.PlatformCredential);

    public static string SystemPreferred(UserCredentials of) =>
        of.First(StoredMethodKind.Fido2) is not null ? "fido2"
        : of.First(StoredMethodKind.MicrosoftAuthenticator) is not null ? "push"
        : of.First(StoredMethodKind.SoftwareOath) is not null || of.First(StoredMethodKind.HardwareOath) is not null ? "oath"
        : of.Mobile is not null ? "sms"
        : "none";
}
