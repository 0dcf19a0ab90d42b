using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Filters;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary><c>auditLogs/signIns</c>: the last sign-in with each method, newest first, hours late (docs/graph.md#sign-in-log). Only beta says the
/// method.</summary>
internal static class SignInReport
{
    private const int MostEntries = 999;

    public static Answer List(Call call, Site site)
    {
        int size = MostEntries;
        if (call.Query["top"] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size < 1))
            return Refusal.BadRequest(call, site, "Invalid value for $top.");
        try
        {
            ODataFilter? filter = call.Query["filter"] is { } text ? ODataFilterParser.Parse(text) : null;
            DateTimeOffset until = site.Now - site.Settings.Reports.AuditDelay;
            List<SignIn> page = [.. site.Directory.Users.Where(static user => user.Exists).SelectMany(Of)
                .Where(signIn => signIn.At <= until && (filter is null || filter.Holds(name => Value(signIn, name))))
                .OrderByDescending(static signIn => signIn.At).Take(Math.Min(size, MostEntries))];
            return Answer.Object(200, (call, site, page), static (w, s) =>
            {
                w.WriteString("@odata.context", s.site.Context(s.call, "auditLogs/signIns"));
                w.WriteStartArray("value");
                foreach (SignIn signIn in s.page) Row(w, signIn, s.call.Beta);
                w.WriteEndArray();
            });
        }
        catch (FilterException e)
        {
            return Refusal.BadRequest(call, site, e.Message);
        }
    }

    private static IEnumerable<SignIn> Of(SandboxUser user) => user.Credentials.Others.Where(static method => method.LastUsed is not null)
        .Select(method => new SignIn(user, Word(method.Kind), method.LastUsed ?? default));

    private static void Row(Utf8JsonWriter w, SignIn signIn, bool beta)
    {
        w.WriteStartObject();
        w.WriteString("id", DerivedId.From($"signIn:{signIn.User.Id}:{signIn.Word}:{signIn.At:O}").ToString());
        w.WriteString("createdDateTime", Entity.Time(signIn.At));
        w.WriteString("userId", signIn.User.Id.ToString());
        w.WriteString("userPrincipalName", signIn.User.UserPrincipalName);
        w.WriteStartObject("status");
        w.WriteNumber("errorCode", 0);
        w.WriteEndObject();
        if (beta)
        {
            w.WriteStartArray("authenticationDetails");
            w.WriteStartObject();
            w.WriteString("authenticationStepDateTime", Entity.Time(signIn.At));
            w.WriteString("authenticationMethod", signIn.Word);
            w.WriteBoolean("succeeded", true);
            w.WriteEndObject();
            w.WriteEndArray();
        }

        w.WriteEndObject();
    }

    private static string Word(StoredMethodKind kind) => kind switch
    {
        StoredMethodKind.Fido2 => "FIDO2 security key",
        StoredMethodKind.MicrosoftAuthenticator => "Mobile app notification",
        StoredMethodKind.SoftwareOath or StoredMethodKind.HardwareOath => "OATH verification code",
        StoredMethodKind.WindowsHello => "Windows Hello for Business",
        StoredMethodKind.TemporaryAccessPass => "Temporary Access Pass",
        StoredMethodKind.PlatformCredential => "Platform Credential",
        StoredMethodKind.External => "External authentication method",
        StoredMethodKind.QrCodePin => "QR code pin",
        StoredMethodKind.ResourceAccountKey or StoredMethodKind.Future => "Future method",
    };

    private static object? Value(SignIn signIn, string property) => property switch
    {
        "userId" => signIn.User.Id.ToString(),
        "userPrincipalName" => signIn.User.UserPrincipalName,
        "createdDateTime" => signIn.At,
        _ => throw new FilterException($"Could not find a property named '{property}' on type 'microsoft.graph.signIn'."),
    };

    private sealed record SignIn(SandboxUser User, string Word, DateTimeOffset At);
}
