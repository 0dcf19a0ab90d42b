using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item.Authentication.Methods.Item.ResetPassword;
using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Tests.MicrosoftClient;

/// <summary>Users, roles, reports, policies and passwords, read and written by Microsoft's own client.</summary>
public sealed class Directory_by_Microsofts_client_tests
{
    private const string PasswordId = "28c10230-6103-485e-b985-444c60001490";

    [Test]
    public async Task Users_are_paged_selected_filtered_and_counted()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync(new SandboxSeed { Generate = [new SeedGenerator { Count = 2300 }] });

        UserCollectionResponse? page = await stage.Client.Users.GetAsync(c =>
        {
            c.QueryParameters.Select = ["id", "userPrincipalName"];
            c.QueryParameters.Top = 999;
        });
        HashSet<string?> ids = [];
        int pages = 0;
        while (page is not null)
        {
            pages++;
            ids.UnionWith(page.Value?.Select(user => user.Id) ?? []);
            page = page.OdataNextLink is null ? null : await stage.Client.Users.WithUrl(page.OdataNextLink).GetAsync();
        }

        Assert.That((pages, ids.Count), Is.EqualTo((3, 2300)));
        Assert.That(await stage.Client.Users.Count.GetAsync(c => c.Headers.Add("ConsistencyLevel", "eventual")), Is.EqualTo(2300));
    }

    [Test]
    public async Task A_user_is_found_by_id_name_and_filter()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();

        Assert.That((await stage.Client.Users[stage.Id("rich")].GetAsync())?.UserPrincipalName, Is.EqualTo("rich@contoso.com"));
        Assert.That((await stage.Client.Users["o'hara#EXT#@contoso.com"].GetAsync())?.Id, Is.EqualTo(stage.Id("o'hara#EXT#")));
        UserCollectionResponse? found = await stage.Client.Users.GetAsync(c => c.QueryParameters.Filter = "employeeId eq '1'");
        Assert.That(found?.Value?.Single().Id, Is.EqualTo(stage.Id("rich")));
        Assert.That((await MicrosoftStage.RefusalAsync(() => stage.Client.Users["nobody@contoso.com"].GetAsync())).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_password_is_set_by_its_profile()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();

        await stage.Client.Users[stage.Id("empty")].PatchAsync(new User
        {
            PasswordProfile = new PasswordProfile { Password = "Cuyo5459!x", ForceChangePasswordNextSignIn = true },
        });

        Assert.That(stage.Server.Tenant.User("empty@contoso.com").PasswordChanges, Is.EqualTo(1));
        Assert.That((await MicrosoftStage.RefusalAsync(() => stage.Client.Users[stage.Id("empty")].PatchAsync(new User
        {
            PasswordProfile = new PasswordProfile { Password = "short" },
        }))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_password_is_reset_and_followed_with_the_query_of_its_location()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync(
            settings: SandboxSettings.Default with { PasswordReset = new PasswordResetSettings() }, token: MicrosoftStage.Delegated);
        string uid = stage.Id("empty");
        RequestInformation reset = stage.Client.Users[uid].Authentication.Methods[PasswordId].ResetPassword
            .ToPostRequestInformation(new ResetPasswordPostRequestBody());
        Assert.That((await stage.Client.Users[uid].Authentication.PasswordMethods.GetAsync())?.Value?.Single().Id, Is.EqualTo(PasswordId));
        Assert.That((await stage.Client.Users[uid].Authentication.PasswordMethods[PasswordId].GetAsync())?.Password, Is.Null);

        using HttpRequestMessage? message = await stage.Adapter.ConvertToNativeRequestAsync<HttpRequestMessage>(reset);
        using HttpClient http = new();
        using HttpResponseMessage answer = await http.SendAsync(message ?? throw new InvalidOperationException("There is no request."));
        string location = answer.Headers.Location?.AbsoluteUri ?? "";
        string operation = location.Split('/')[^1].Split('?')[0];

        Assert.That((int)answer.StatusCode, Is.EqualTo(202));
        Assert.That((await stage.Client.Users[uid].Authentication.Operations[operation].WithUrl(location).GetAsync())?.Id, Is.EqualTo(operation));
        Assert.That((await MicrosoftStage.RefusalAsync(() => stage.Client.Users[uid].Authentication.Operations[operation].GetAsync())).Status,
            Is.EqualTo(404), "without the query of the location");
        Assert.That((await MicrosoftStage.RefusalAsync(() => stage.Client.Users[uid].Authentication.Methods[PasswordId].ResetPassword
            .PostAsync(new ResetPasswordPostRequestBody { NewPassword = "short" }))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_password_is_not_reset_by_an_app()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync();

        Assert.That(await MicrosoftStage.RefusalAsync(() => stage.Client.Users[stage.Id("empty")].Authentication.Methods[PasswordId].ResetPassword
            .PostAsync(new ResetPasswordPostRequestBody { NewPassword = "Cuyo5459!x" })), Is.EqualTo((403, "accessDenied")));
    }

    [Test]
    public async Task Roles_members_reports_and_policies_are_typed()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync(settings: SandboxSettings.Default with { Reports = new ReportSettings() });
        await stage.Client.Users[stage.Id("empty")].Authentication.PhoneMethods.PostAsync(
            new PhoneAuthenticationMethod { PhoneNumber = "+1 2065550100", PhoneType = AuthenticationPhoneType.Mobile });

        UnifiedRoleAssignmentCollectionResponse? roles = await stage.Client.RoleManagement.Directory.RoleAssignments
            .GetAsync(c => c.QueryParameters.Expand = ["principal"]);
        Group? group = roles?.Value?.Select(role => role.Principal).OfType<Group>().Single();
        DirectoryObjectCollectionResponse? members = await stage.Client.Groups[group?.Id].TransitiveMembers.GetAsync();
        UnifiedRoleEligibilityScheduleInstanceCollectionResponse? eligible =
            await stage.Client.RoleManagement.Directory.RoleEligibilityScheduleInstances.GetAsync();
        UserRegistrationDetailsCollectionResponse? report = await stage.Client.Reports.AuthenticationMethods.UserRegistrationDetails.GetAsync();
        DirectoryAuditCollectionResponse? audits = await stage.Client.AuditLogs.DirectoryAudits.GetAsync();
        AuthenticationMethodsPolicy? policy = await stage.Client.Policies.AuthenticationMethodsPolicy.GetAsync();
        AuthenticationMethodConfiguration? sms =
            await stage.Client.Policies.AuthenticationMethodsPolicy.AuthenticationMethodConfigurations["sms"].GetAsync();
        OrganizationCollectionResponse? organization = await stage.Client.Organization.GetAsync();
        AuthenticationStrengthPolicyCollectionResponse? strengths = await stage.Client.Policies.AuthenticationStrengthPolicies.GetAsync();
        ConditionalAccessPolicyCollectionResponse? access = await stage.Client.Identity.ConditionalAccess.Policies.GetAsync();

        Assert.That(roles?.Value?.Select(role => role.Principal).OfType<User>().Select(user => user.Id), Is.EqualTo(new[] { stage.Id("rich") }));
        Assert.That(members?.Value?.Select(member => member.Id), Is.EqualTo(new[] { stage.Id("empty") }));
        Assert.That(eligible?.Value?.Select(role => role.PrincipalId), Is.EqualTo(new[] { stage.Id("empty") }));
        Assert.That(report?.Value?.Single(row => row.Id == stage.Id("rich")).IsAdmin, Is.True);
        Assert.That(audits?.Value?.Select(audit => audit.TargetResources?[0].Id), Is.EqualTo(new[] { stage.Id("empty") }));
        Assert.That(policy?.AuthenticationMethodConfigurations?.Select(method => method.GetType()), Is.SupersetOf(new[]
        {
            typeof(SmsAuthenticationMethodConfiguration), typeof(VoiceAuthenticationMethodConfiguration), typeof(Fido2AuthenticationMethodConfiguration),
            typeof(TemporaryAccessPassAuthenticationMethodConfiguration), typeof(X509CertificateAuthenticationMethodConfiguration),
        }));
        Assert.That(sms, Is.TypeOf<SmsAuthenticationMethodConfiguration>());
        Assert.That(organization?.Value, Has.Count.EqualTo(1));
        Assert.That(strengths?.Value, Is.Not.Null);
        Assert.That(access?.Value, Is.Not.Null);
    }

    [Test]
    public async Task A_tenant_without_a_licence_refuses_the_reports()
    {
        await using MicrosoftStage stage = await MicrosoftStage.OpenAsync(
            settings: SandboxSettings.Default with { Reports = new ReportSettings { Licensed = false } });

        Assert.That(await MicrosoftStage.RefusalAsync(() => stage.Client.Reports.AuthenticationMethods.UserRegistrationDetails.GetAsync()),
            Is.EqualTo((403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")));
    }
}
