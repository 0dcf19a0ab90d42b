using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>The few kinds that the API can create (docs/graph.md#other-methods).</summary>
internal static class Creations
{
    /// <summary>A new pass replaces a valid one; the pass is reported only here.</summary>
    public static Answer Pass(Call call, Site site)
    {
        using JsonDocument? body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        JsonElement root = body.RootElement;
        PassPolicySettings? terms = site.Settings.Policy.Pass;
        int lifetime = root.TryGetProperty("lifetimeInMinutes", out JsonElement minutes) && minutes.ValueKind == JsonValueKind.Number
            && minutes.TryGetInt32(out int given) ? given : terms?.DefaultLifetimeInMinutes ?? 60;
        DateTimeOffset start = body.Text("startDateTime") is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : site.Now;
        bool once = root.TryGetProperty("isUsableOnce", out JsonElement usableOnce) ? usableOnce.ValueKind == JsonValueKind.True : terms?.UsableOnce ?? false;
        if (PassRules.Refusal(lifetime, once, call.User, site.Tenant) is { } refused) return Refusal.Create(call, site, 400, "badRequest", refused);
        UserCredentials now = call.User.Credentials;
        StoredMethod pass = new StoredMethod(StoredMethodKind.TemporaryAccessPass, NewId(site), null, site.Now, null, new StoredPass(start, lifetime, once));
        site.Write(call, now with { Others = now.Others.RemoveAll(m => m.Kind == StoredMethodKind.TemporaryAccessPass).Add(pass) });
        return Answer.Object(201, (call, site, pass, secret: Secrets.Pass(site)), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, $"users('{s.call.Segments[1]}')/authentication/temporaryAccessPassMethods/$entity"));
            w.WriteString("id", s.pass.Id);
            (bool usable, string reason) = s.pass.Pass is { } made ? PassRules.Usability(made, s.call.User, s.site.Tenant) : (false, "Expired");
            w.WriteBoolean("isUsable", usable);
            w.WriteString("methodUsabilityReason", reason);
            w.WriteString("temporaryAccessPass", s.secret);
            w.WriteString("createdDateTime", Entity.Time(s.site.Now));
            w.WriteString("startDateTime", Entity.Time(s.pass.Pass?.Start ?? s.site.Now));
            w.WriteNumber("lifetimeInMinutes", s.pass.Pass?.LifetimeInMinutes ?? 0);
            w.WriteBoolean("isUsableOnce", s.pass.Pass?.UsableOnce ?? false);
        });
    }

    public static Answer External(Call call, Site site)
    {
        using JsonDocument? body = call.ReadBody();
        if (body?.Text("configurationId") is not { } configuration) return Refusal.BadBody(call, site);
        return Add(call, site, new StoredMethod(StoredMethodKind.External, NewId(site), body.Text("displayName"), site.Now,
            ImmutableSortedDictionary<string, string>.Empty.Add("configurationId", configuration)));
    }

    public static Answer Passkey(Call call, Site site)
    {
        using JsonDocument? body = call.ReadBody();
        if (body is null || body.Text("displayName") is not { } name || !body.RootElement.TryGetProperty("publicKeyCredential", out _))
            return Refusal.BadBody(call, site);
        return Add(call, site, new StoredMethod(StoredMethodKind.Fido2, NewId(site), name, site.Now,
            ImmutableSortedDictionary<string, string>.Empty.Add("model", "Sandbox key").Add("passkeyType",
                "deviceBound").Add("attestationLevel", "notAttested")));
    }

    public static Answer HardwareToken(Call call, Site site) =>
        Add(call, site, new StoredMethod(StoredMethodKind.HardwareOath, NewId(site), null, site.Now));

    public static Answer PasskeyOptions(Call call, Site site) => Answer.Object(200, site, static (w, s) =>
    {
        w.WriteString("challengeTimeoutDateTime", Entity.Time(s.Now.AddMinutes(5)));
        w.WriteStartObject("publicKey");
        w.WriteString("challenge", Convert.ToBase64String(BitConverter.GetBytes(s.NextRandom())));
        w.WriteEndObject();
    });

    private static Answer Add(Call call, Site site, StoredMethod method)
    {
        UserCredentials now = call.User.Credentials;
        site.Write(call, now with { Others = now.Others.Add(method) });
        return MethodCollection.Entity(call, site, MethodKindFacts.For(method.Kind).Segment ?? "",
            TypedMethods.Entry(method), site.Settings.TypeInTypedCollections, 201);
    }

    /// <summary>The time is mixed in: a sandbox that is started again with its state draws the same numbers again.</summary>
    private static string NewId(Site site) => DerivedId.From(site.NextRandom() ^ (ulong)site.Now.Ticks, 0).ToString();
}

/// <summary>Generated secrets. They are shown once and never stored.</summary>
internal static class Secrets
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public static string Pass(Site site) => Text(site, 8) + "+1";

    public static string Password(Site site) => "Rz7#" + Text(site, 10);

    private static string Text(Site site, int length) => string.Create(length, site, static (span, s) =>
    {
        for (int i = 0; i < span.Length; i++) span[i] = Alphabet[(int)((s.NextRandom() ^ (ulong)s.Now.Ticks) % (ulong)Alphabet.Length)];
    });
}
