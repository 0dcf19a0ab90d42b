using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item.Authentication;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Tests.MicrosoftClient;

/// <summary>Authentication methods, read and written by Microsoft's own client: each call is answered, or refused as the rules demand
/// (docs/graph.md#phone-constraints).</summary>
public sealed class Methods_by_Microsofts_client_tests
{
    private const string Mobile = "3179e48a-750b-4051-897c-87b9720928f7";
    private const string Alternate = "b6332ec1-7057-4abe-9331-3d72feddfe41";
    private const string Office = "e37fc753-ff3b-4958-9484-eaa9425c82bc";

    [Test]
    public async Task Every_kind_of_v1_0_comes_as_its_type()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();

        AuthenticationMethodCollectionResponse? methods = await User(stage, "rich").Methods.GetAsync();

        Assert.That(methods?.Value?.Select(method => method.GetType()).Distinct(), Is.SupersetOf(new[]
        {
            typeof(PasswordAuthenticationMethod), typeof(PhoneAuthenticationMethod), typeof(EmailAuthenticationMethod),
            typeof(MicrosoftAuthenticatorAuthenticationMethod), typeof(Fido2AuthenticationMethod), typeof(SoftwareOathAuthenticationMethod),
            typeof(WindowsHelloForBusinessAuthenticationMethod), typeof(PlatformCredentialAuthenticationMethod), typeof(ExternalAuthenticationMethod),
            typeof(TemporaryAccessPassAuthenticationMethod),
        }));
        Assert.That(methods?.Value?.OfType<PhoneAuthenticationMethod>().Select(phone => (phone.PhoneType, phone.PhoneNumber)), Is.EquivalentTo(new[]
        {
            (AuthenticationPhoneType.Mobile, "+1 2065550111"), (AuthenticationPhoneType.AlternateMobile, "+1 2065550112"),
            (AuthenticationPhoneType.Office, "+1 2065550113x7"),
        }));
        Assert.That(methods?.Value?.Where(method => method.GetType() == typeof(AuthenticationMethod)).Select(method => method.OdataType),
            Has.None.Contains("hardwareOath"), "which v1.0 does not list");
        Assert.That((await User(stage, "rich").Methods[Mobile].GetAsync())?.Id, Is.EqualTo(Mobile));
    }

    [Test]
    public async Task Phones_are_added_changed_and_removed_in_the_order_that_the_rules_demand()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();
        AuthenticationRequestBuilder user = User(stage, "empty");

        Assert.That(await RefusedAsync(() => user.PhoneMethods.PostAsync(Phone("+1 2065550101", AuthenticationPhoneType.AlternateMobile))),
            Is.EqualTo((400, "badRequest")));
        PhoneAuthenticationMethod? added = await user.PhoneMethods.PostAsync(Phone("+1 2065550100", AuthenticationPhoneType.Mobile));
        Assert.That((added?.Id, added?.PhoneNumber, added?.PhoneType), Is.EqualTo((Mobile, "+1 2065550100", AuthenticationPhoneType.Mobile)));
        Assert.That(await RefusedAsync(() => user.PhoneMethods.PostAsync(Phone("+1 2065550102", AuthenticationPhoneType.Mobile))),
            Is.EqualTo((400, "badRequest")));
        Assert.That(await RefusedAsync(() => user.PhoneMethods.PostAsync(Phone("call me", AuthenticationPhoneType.Office))), Is.EqualTo((400, "badRequest")));
        await user.PhoneMethods.PostAsync(Phone("+1 2065550101", AuthenticationPhoneType.AlternateMobile));
        await user.PhoneMethods.PostAsync(Phone("+1 2065550103", AuthenticationPhoneType.Office));
        await user.PhoneMethods[Mobile].PatchAsync(Phone("+1 2065550109", AuthenticationPhoneType.Mobile));
        Assert.That((await user.PhoneMethods[Mobile].GetAsync())?.PhoneNumber, Is.EqualTo("+1 2065550109"));
        Assert.That((await user.PhoneMethods.GetAsync())?.Value, Has.Count.EqualTo(3));
        Assert.That(await RefusedAsync(() => user.PhoneMethods[Mobile].PatchAsync(Phone("+1 2065550109", AuthenticationPhoneType.Office))),
            Is.EqualTo((400, "badRequest")));
        Assert.That(await RefusedAsync(() => user.PhoneMethods[Mobile].DeleteAsync()), Is.EqualTo((400, "badRequest")));
        await user.PhoneMethods[Alternate].DeleteAsync();
        await user.PhoneMethods[Office].DeleteAsync();
        Assert.That(await RefusedAsync(() => user.PhoneMethods[Office].DeleteAsync()), Is.EqualTo((404, "resourceNotFound")));
        Assert.That(stage.Server.Tenant.User("empty@contoso.com").Mobile, Is.EqualTo("+1 2065550109"));
    }

    [Test]
    public async Task SMS_sign_in_is_switched_where_the_policy_allows_it([Values] bool allowed)
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync(settings: SandboxSettings.Default with { SmsSignInForAll = allowed });
        AuthenticationRequestBuilder user = User(stage, "rich");

        Assert.That(await RefusedAsync(() => user.PhoneMethods[Mobile].EnableSmsSignIn.PostAsync()),
            Is.EqualTo(allowed ? (200, null) : (400, "disabledByPolicy")));
        if (allowed) await user.PhoneMethods[Mobile].DisableSmsSignIn.PostAsync();
        Assert.That((await user.PhoneMethods[Mobile].GetAsync())?.SmsSignInState, Is.EqualTo(allowed
            ? AuthenticationMethodSignInState.NotEnabled : AuthenticationMethodSignInState.NotAllowedByPolicy));
    }

    [Test]
    public async Task The_e_mail_method_is_added_changed_and_removed()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();
        AuthenticationRequestBuilder user = User(stage, "empty");

        EmailAuthenticationMethod? added = await user.EmailMethods.PostAsync(new EmailAuthenticationMethod { EmailAddress = "a+b@example.org" });
        Assert.That(added?.EmailAddress, Is.EqualTo("a+b@example.org"));
        Assert.That(await RefusedAsync(() => user.EmailMethods.PostAsync(new EmailAuthenticationMethod { EmailAddress = "c@example.org" })),
            Is.EqualTo((400, "badRequest")));
        await user.EmailMethods[added?.Id].PatchAsync(new EmailAuthenticationMethod { EmailAddress = "d@example.org" });
        Assert.That((await user.EmailMethods[added?.Id].GetAsync())?.EmailAddress, Is.EqualTo("d@example.org"));
        Assert.That(await RefusedAsync(() => user.EmailMethods[added?.Id].PatchAsync(new EmailAuthenticationMethod { EmailAddress = "nothing" })),
            Is.EqualTo((400, "badRequest")));
        await user.EmailMethods[added?.Id].DeleteAsync();
        Assert.That((await user.EmailMethods.GetAsync())?.Value, Is.Empty);
    }

    [Test]
    public async Task Methods_of_other_kinds_are_removed_from_their_collections()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();
        AuthenticationRequestBuilder user = User(stage, "rich");
        List<AuthenticationMethod> methods = (await user.Methods.GetAsync())?.Value ?? [];
        string Id<T>() => methods.OfType<T>().Cast<AuthenticationMethod>().Single().Id ?? "";

        await user.Fido2Methods[Id<Fido2AuthenticationMethod>()].DeleteAsync();
        await user.SoftwareOathMethods[Id<SoftwareOathAuthenticationMethod>()].DeleteAsync();
        await user.WindowsHelloForBusinessMethods[Id<WindowsHelloForBusinessAuthenticationMethod>()].DeleteAsync();
        await user.PlatformCredentialMethods[Id<PlatformCredentialAuthenticationMethod>()].DeleteAsync();
        await user.ExternalAuthenticationMethods[Id<ExternalAuthenticationMethod>()].DeleteAsync();
        await user.TemporaryAccessPassMethods[Id<TemporaryAccessPassAuthenticationMethod>()].DeleteAsync();
        await user.MicrosoftAuthenticatorMethods[Id<MicrosoftAuthenticatorAuthenticationMethod>()].DeleteAsync();

        Type[] left =
        [
            typeof(PasswordAuthenticationMethod), typeof(PhoneAuthenticationMethod), typeof(EmailAuthenticationMethod), typeof(QrCodePinAuthenticationMethod),
            typeof(ResourceAccountKeyAuthenticationMethod), typeof(AuthenticationMethod),
        ];
        Assert.That((await user.Methods.GetAsync())?.Value?.Select(method => method.GetType()).Distinct(), Is.SubsetOf(left));
        Assert.That(await RefusedAsync(() => user.Fido2Methods[Id<Fido2AuthenticationMethod>()].DeleteAsync()), Is.EqualTo((404, "resourceNotFound")));
    }

    [Test]
    public async Task The_default_method_is_not_removed_while_others_exist()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();
        AuthenticationRequestBuilder user = User(stage, "empty");
        await user.PhoneMethods.PostAsync(Phone("+1 2065550100", AuthenticationPhoneType.Mobile));
        await user.PhoneMethods.PostAsync(Phone("+1 2065550103", AuthenticationPhoneType.Office));
        await PreferAsync(stage, "empty", "sms");

        Assert.That(await RefusedAsync(() => user.PhoneMethods[Mobile].DeleteAsync()), Is.EqualTo((400, "badRequest")));
        await PreferAsync(stage, "empty", "voiceOffice");
        await user.PhoneMethods[Mobile].DeleteAsync();
    }

    [Test]
    public async Task Passes_are_issued_listed_and_removed()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();
        AuthenticationRequestBuilder user = User(stage, "empty");

        TemporaryAccessPassAuthenticationMethod? pass = await user.TemporaryAccessPassMethods.PostAsync(
            new TemporaryAccessPassAuthenticationMethod { LifetimeInMinutes = 60, IsUsableOnce = true });
        Assert.That((pass?.LifetimeInMinutes, pass?.IsUsableOnce, pass?.TemporaryAccessPass is { Length: > 0 }), Is.EqualTo((60, true, true)));
        Assert.That(await RefusedAsync(() => user.TemporaryAccessPassMethods.PostAsync(
            new TemporaryAccessPassAuthenticationMethod { LifetimeInMinutes = 1 })), Is.EqualTo((400, "badRequest")));
        Assert.That((await user.TemporaryAccessPassMethods.GetAsync())?.Value?.Single().TemporaryAccessPass, Is.Null, "it is shown once");
        await user.TemporaryAccessPassMethods[pass?.Id].DeleteAsync();
        Assert.That((await user.TemporaryAccessPassMethods.GetAsync())?.Value, Is.Empty);
    }

    [Test]
    public async Task A_user_that_does_not_exist_is_refused()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();
        AuthenticationRequestBuilder user = stage.Client.Users["00000000-0000-0000-0000-000000000404"].Authentication;

        Assert.That(await RefusedAsync(() => user.Methods.GetAsync()), Is.EqualTo((404, "resourceNotFound")));
        Assert.That(await RefusedAsync(() => user.PhoneMethods.PostAsync(Phone("+1 2065550100", AuthenticationPhoneType.Mobile))),
            Is.EqualTo((404, "resourceNotFound")));
    }

    [Test]
    public async Task What_only_beta_has_is_reached_by_raw_requests()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();
        string user = $"users/{stage.Id("rich")}/authentication";

        AuthenticationMethodCollectionResponse? tokens = await stage.Adapter.SendAsync(stage.Beta(Method.GET, user + "/hardwareOathMethods"),
            AuthenticationMethodCollectionResponse.CreateFromDiscriminatorValue);
        string? token = tokens?.Value?.Single().Id;
        await stage.Adapter.SendNoContentAsync(stage.Beta(Method.DELETE, $"{user}/hardwareOathMethods/{token}"));
        await PreferAsync(stage, "rich", "sms");
        PreferredBody? preferred = await stage.Adapter.SendAsync(stage.Beta(Method.GET, user + "/signInPreferences"), _ => new PreferredBody());
        await using Stream? requirements = await stage.Adapter.SendPrimitiveAsync<Stream>(stage.Beta(Method.GET, user + "/requirements"));
        AuthenticationMethod? code = await stage.Adapter.SendAsync(stage.Beta(Method.GET, user + "/qrCodePinMethod"),
            AuthenticationMethod.CreateFromDiscriminatorValue);

        Assert.That(preferred?.Name, Is.EqualTo("sms"));
        Assert.That(requirements?.CanRead, Is.True);
        Assert.That(code?.Id, Is.Not.Empty);
        Assert.That(await RefusedAsync(() => stage.Adapter.SendNoContentAsync(stage.Beta(Method.DELETE, $"{user}/hardwareOathMethods/{token}"),
            new() { ["XXX"] = Microsoft.Graph.Models.ODataErrors.ODataError.CreateFromDiscriminatorValue })), Is.EqualTo((404, "resourceNotFound")));
    }

    private static AuthenticationRequestBuilder User(MicrosoftStage stage, string name) => stage.Client.Users[stage.Id(name)].Authentication;

    private static Task<(int Status, string? Code)> RefusedAsync(Func<Task> act) => MicrosoftStage.RefusalAsync(act);

    private static PhoneAuthenticationMethod Phone(string number, AuthenticationPhoneType type) => new() { PhoneNumber = number, PhoneType = type };

    private static Task PreferAsync(MicrosoftStage stage, string name, string method) => stage.Adapter.SendNoContentAsync(
        stage.Beta(Method.PATCH, $"users/{stage.Id(name)}/authentication/signInPreferences", new PreferredBody { Name = method }));

    /// <summary>Beta's <c>signInPreferences</c>.</summary>
    private sealed class PreferredBody : IParsable
    {
        public string? Name { get; set; }

        public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>
        {
            ["userPreferredMethodForSecondaryAuthentication"] = node => Name = node.GetStringValue(),
        };

        public void Serialize(ISerializationWriter writer) => writer.WriteStringValue("userPreferredMethodForSecondaryAuthentication", Name);
    }
}
