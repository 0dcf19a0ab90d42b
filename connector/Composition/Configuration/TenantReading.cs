using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Sandbox.Seed;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads one tenant's section.</summary>
internal static class TenantReading
{
    public static TenantSettings Read(string name, SettingsSection section)
    {
        TenantKind kind = section.Choice("Kind", TenantKind.Graph, "`Sandbox`: a stand-in tenant inside the program");
        GraphTenantOptions standard = new();
        GraphTenantOptions graph = standard with
        {
            Cloud = section.Choice("Cloud", GraphCloud.Global, "fixes Graph root, scope and login authority"),
            TenantId = section.Word("TenantId", "the tenant's id, a GUID; no domain name. A token of another tenant stops everything"),
            Endpoint = section.Address("Endpoint",
                "scheme, host and port to send to instead of the cloud's; plain http only on a literal loopback address", "the cloud's"),
            RequestTimeout = section.Duration("RequestTimeout", standard.RequestTimeout, "of one request; the service itself gives up after 60 s",
                SettingRange.UpToAnHour),
            ResetTimeout = section.Duration("ResetTimeout", standard.ResetTimeout, "how long a password reset is followed; then its end is unknown",
                SettingRange.UpToAnHour),
        };
        string? clientId = section.Word("ClientId", "the application's id");
        CredentialSettings? credential = CredentialReading.Read(section, "Credential", "who the program is at the tenant: [credentials](#credentials)",
            graph.TenantId, clientId);
        CredentialSettings? write = CredentialReading.Read(section, "WriteCredential",
            "loaded by verbs that write, never by `plan`; without it `Credential` writes too", graph.TenantId, clientId);
        TenantSettings tenant = new()
        {
            Name = name,
            Kind = kind,
            Graph = graph,
            Credential = credential,
            WriteCredential = write,
            StepCredentials = StepCredentialReading.Read(section, graph.TenantId, clientId),
            DefaultCountry = Country(section),
            Quota = QuotaReading.Read(section),
            Policy = PolicyReading.Read(section),
            Protected = ProtectedReading.Read(section),
            Guardrails = GuardrailReading.Read(section) with
            {
                ProtectPrivileged = section.Switch("ProtectPrivileged", true, "hold users with an active directory role"),
            },
            Passwords = Passwords(section),
            PlanMaxAge = section.Duration("PlanMaxAge", TimeSpan.FromDays(1), "how long a saved plan may be applied"),
            FullSweepAfter = section.Duration("FullSweepAfter", TimeSpan.FromDays(7), "in incremental runs every user is read again within this time"),
            UndoMaxAge = section.Duration("UndoMaxAge", TimeSpan.FromDays(3), "how long after a run its writes may be undone"),
            LeaseDuration = section.Duration("LeaseDuration", TimeSpan.FromMinutes(2), "how long a run holds the tenant, and a change its user, without "
                + $"a sign of life; at least `RequestTimeout` and {LeaseTerms.Margin.TotalSeconds:0} seconds more"),
            Labels = section.List("Labels", "words by which `readiness --tenants LABEL` chooses several tenants"),
            Readiness = ReadinessReading.Read(section),
            Migration = MigrationReading.Read(section),
            RequireApproval = section.Choice("RequireApproval", ApprovalRule.Never,
                "which plans `apply` takes only with [a second person's approval](safety.md#approvals): those that delete something, or all"),
            Seed = Seed(section),
            State = section.File("State", "`Sandbox`: the file in which its state is kept"),
            Date = section.DateIfSet("Date", "`Sandbox`: the day that it is there, which the program follows for this tenant; without it, today"),
            Faults = section.File("Faults", "`Sandbox`: a file of faults to play"),
        };
        Check(section, tenant);
        section.NoOthers();
        return tenant;
    }

    private static string? Seed(SettingsSection section)
    {
        string? seed = section.Word("Seed", $"`Sandbox`: its users; a file, or {string.Join(" or ", EmbeddedSeeds.Names.Select(n => $"`{n}`"))}");
        return seed is null || EmbeddedSeeds.Names.Contains(seed, StringComparer.Ordinal) ? seed : section.Rooted("Seed", seed);
    }

    private static void Check(SettingsSection section, TenantSettings tenant)
    {
        if (!new LeaseTerms(tenant.LeaseDuration, tenant.Graph.RequestTimeout).AreSound)
        {
            section.Bad("LeaseDuration",
                $"It is {tenant.LeaseDuration}, but must be at least RequestTimeout ({tenant.Graph.RequestTimeout}) and {LeaseTerms.Margin.TotalSeconds:0} "
                + "seconds more, or no time would be left to send anything.");
        }

        if (tenant.Kind == TenantKind.Sandbox)
        {
            if (tenant.Graph.Endpoint is not null) section.Bad("Endpoint",
                "A tenant of kind Sandbox runs inside this program and has no endpoint. Use Kind Graph for a server at an address.");
            return;
        }

        foreach (SettingProblem problem in tenant.Graph.Problems()) section.Bad(problem.Key, problem.Message);
        if (tenant.Graph.TenantId is not { } id) section.Bad("TenantId", "A tenant of kind Graph needs its id (Entra admin center, Overview).");
        else TenantId(section, "TenantId", id);
        if (tenant.Credential is null) section.Bad("Credential",
            "A tenant of kind Graph needs a Credential with a Kind: Default, ManagedIdentity, WorkloadIdentity, Certificate, ClientSecret, AzureCli, "
            + "DeviceCode or StaticToken.");
        (SettingsSection, string, CredentialSettings?)[] credentials =
        [
            (section, "Credential", tenant.Credential), (section, "WriteCredential", tenant.WriteCredential),
            .. StepCredentialReading.Checked(section, tenant.StepCredentials),
        ];
        foreach ((SettingsSection place, string key, CredentialSettings? credential) in credentials)
        {
            // A secret whose file cannot be used is not missing as well.
            if (credential is null) continue;
            SettingsSection part = place.Below(key);
            if (part.Exists("TenantId") && credential.TenantId is { } other) TenantId(part, "TenantId", other);
            part.NoSecretInFile("Password");
            part.NoSecretInFile("Secret");
            if (!tenant.IsLoopback) part.NoSecretInFile("Token");
            if (part.HasBadFile) continue;
            foreach (string problem in credential.Problems(tenant.Graph)) place.Bad(key, problem);
        }

        if (tenant.Seed is not null) section.Bad("Seed", "Only a tenant of kind Sandbox has a seed.");
        if (tenant.Date is not null) section.Bad("Date", "Only a tenant of kind Sandbox can be on another day.");
    }

    private static void TenantId(SettingsSection section, string key, string id)
    {
        const string Advice = "Copy the Tenant ID, such as 2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21, from the Entra admin center, Overview.";
        if (!Guid.TryParseExact(id, "D", out Guid guid)) section.Bad(key, $"'{id}' is not a tenant id. {Advice}");
        else if (guid == Guid.Empty) section.Bad(key, $"A tenant id of zeros is not a tenant. {Advice}");
    }

    private static string? Country(SettingsSection section)
    {
        string? country = section.Word("DefaultCountry", "ISO 3166 country of national numbers, such as `US`");
        if (country is not null && !NumberingPlans.TryGet(country, out _)) section.Bad("DefaultCountry",
            $"'{country}' is not an ISO 3166 country code of two letters, such as US or DE.");
        return country;
    }

    private static PasswordPolicy Passwords(SettingsSection tenant)
    {
        PasswordPolicy standard = new();
        SettingsSection section = tenant.Section("Passwords",
            "passwords that this program makes: with an app's token; with a person's, Microsoft Entra ID makes them");
        PasswordPolicy policy = new(
            section.Count("Length", standard.Length, "characters", new SettingRange(PasswordPolicy.Shortest, PasswordPolicy.Longest)),
            section.Text("Alphabet", "printable ASCII characters to choose from: at least 16, of at least three of lower case, upper case, digits, signs",
                orNull: false, defaultWords: "letters, digits and signs that are not easily confused") ?? standard.Alphabet,
            section.Switch("ForceChangeNextSignIn", standard.MustChange, "whether the person must change it at the next sign-in"));
        foreach (SettingProblem problem in policy.Problems()) section.Bad(problem.Key, problem.Message);
        section.NoOthers();
        return policy;
    }
}
