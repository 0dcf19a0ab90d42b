using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Sandbox.Seed;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads one tenant's section.</summary>
internal static class TenantReading
{
    private const int MostTimes = 1000;

    public static TenantSettings Read(string name, SettingsSection section)
    {
        TenantKind kind = section.Choice("Kind", TenantKind.Graph);
        GraphTenantOptions standard = new();
        GraphTenantOptions graph = standard with
        {
            Cloud = section.Choice("Cloud", GraphCloud.Global),
            TenantId = section.Word("TenantId"),
            Endpoint = section.Address("Endpoint"),
            RequestTimeout = section.Duration("RequestTimeout", standard.RequestTimeout),
            ResetTimeout = section.Duration("ResetTimeout", standard.ResetTimeout),
        };
        string? clientId = section.Word("ClientId");
        CredentialSettings? credential = Credential(section, "Credential", graph.TenantId, clientId);
        CredentialSettings? write = Credential(section, "WriteCredential", graph.TenantId, clientId);
        TenantSettings tenant = new()
        {
            Name = name,
            Kind = kind,
            Graph = graph,
            Credential = credential,
            WriteCredential = write,
            DefaultCountry = Country(section),
            Quota = Quota(section.Section("Quota")),
            Policy = Policy(section.Section("Policy")),
            Protected = ProtectedReading.Read(section),
            Guardrails = Guardrails(section.Section("Guardrails")) with { ProtectPrivileged = section.Switch("ProtectPrivileged", true) },
            Passwords = Passwords(section.Section("Passwords")),
            PlanMaxAge = section.Duration("PlanMaxAge", TimeSpan.FromDays(1)),
            FullSweepAfter = section.Duration("FullSweepAfter", TimeSpan.FromDays(7)),
            UndoMaxAge = section.Duration("UndoMaxAge", TimeSpan.FromDays(3)),
            LeaseDuration = section.Duration("LeaseDuration", TimeSpan.FromMinutes(2)),
            Labels = section.List("Labels"),
            Readiness = ReadinessReading.Read(section),
            RequireApproval = section.Choice("RequireApproval", ApprovalRule.Never),
            Seed = section.Word("Seed") is { } seed && EmbeddedSeeds.Names.Contains(seed, StringComparer.Ordinal) ? seed : section.File("Seed"),
            State = section.File("State"),
            Faults = section.File("Faults"),
        };
        Check(section, tenant);
        section.NoOthers();
        return tenant;
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
        foreach ((string key, CredentialSettings? credential) in new[] { ("Credential", tenant.Credential), ("WriteCredential", tenant.WriteCredential) })
        {
            // A secret whose file cannot be used is not missing as well.
            if (credential is null) continue;
            SettingsSection part = section.Section(key);
            if (part.Exists("TenantId") && credential.TenantId is { } other) TenantId(part, "TenantId", other);
            part.NoSecretInFile("Password");
            part.NoSecretInFile("Secret");
            if (!tenant.IsLoopback) part.NoSecretInFile("Token");
            if (part.HasBadFile) continue;
            foreach (string problem in credential.Problems(tenant.Graph)) section.Bad(key, problem);
        }

        if (tenant.Seed is not null) section.Bad("Seed", "Only a tenant of kind Sandbox has a seed.");
    }

    private static void TenantId(SettingsSection section, string key, string id)
    {
        const string Advice = "Copy the Tenant ID, such as 2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21, from the Entra admin center, Overview.";
        if (!Guid.TryParseExact(id, "D", out Guid guid)) section.Bad(key, $"'{id}' is not a tenant id. {Advice}");
        else if (guid == Guid.Empty) section.Bad(key, $"A tenant id of zeros is not a tenant. {Advice}");
    }

    private static CredentialSettings? Credential(SettingsSection tenant, string key, string? tenantId, string? clientId)
    {
        if (!tenant.Exists(key)) return null;
        SettingsSection section = tenant.Section(key, orNull: true);
        if (!section.Exists("Kind")) section.Bad("Kind", "Set the kind of credential.");
        CredentialSettings credential = new()
        {
            Kind = section.Choice("Kind", CredentialKind.Default),
            TenantId = section.Word("TenantId") ?? tenantId,
            ClientId = section.Word("ClientId") ?? clientId,
            Path = section.File("Path"),
            Password = section.Secret("Password"),
            Secret = section.Secret("Secret"),
            Token = section.Secret("Token"),
        };
        section.NoOthers();
        return credential;
    }

    private static string? Country(SettingsSection section)
    {
        string? country = section.Word("DefaultCountry");
        if (country is not null && !NumberingPlans.TryGet(country, out _)) section.Bad("DefaultCountry",
            $"'{country}' is not an ISO 3166 country code of two letters, such as US or DE.");
        return country;
    }

    private static PasswordPolicy Passwords(SettingsSection section)
    {
        PasswordPolicy standard = new();
        PasswordPolicy policy = new(section.Count("Length", standard.Length), section.Text("Alphabet", standard.Alphabet),
            section.Switch("ForceChangeNextSignIn", standard.MustChange));
        foreach (SettingProblem problem in policy.Problems()) section.Bad(problem.Key, problem.Message);
        section.NoOthers();
        return policy;
    }

    private static QuotaSettings Quota(SettingsSection section)
    {
        QuotaSettings standard = new();
        QuotaSettings quota = new(
            section.Number("ReadsPerSecond", standard.ReadsPerSecond), section.Number("ReadBurst", standard.ReadBurst),
            section.Number("WritesPerSecond", standard.WritesPerSecond), section.Number("WriteBurst", standard.WriteBurst),
            section.Number("Start", standard.Start), section.Number("WriteBudget", standard.WriteBudget), section.Count("MaxInFlight", standard.MaxInFlight));
        foreach (SettingProblem problem in quota.Problems()) section.Bad(problem.Key, problem.Message);
        section.NoOthers();
        return quota;
    }

    private static PlanningPolicy Policy(SettingsSection section)
    {
        PlanningPolicy standard = PlanningPolicy.Default;
        PlanningPolicy policy = new()
        {
            Overwrite = section.Choice("Overwrite", standard.Overwrite),
            AddPhone = section.Choice("AddPhone", standard.AddPhone),
            SameNumberInTwoSlots = section.Choice("SameNumberInTwoSlots", standard.SameNumberInTwoSlots),
            AlternateOnly = section.Choice("AlternateOnly", standard.AlternateOnly),
            LastMethod = section.Choice("LastMethod", standard.LastMethod),
            DefaultMethod = section.Choice("DefaultMethod", standard.DefaultMethod),
            KeepDefault = section.Switch("KeepDefault", standard.KeepDefault),
            Drift = section.Choice("Drift", standard.Drift),
            Guests = section.Choice("Guests", standard.Guests),
            Disabled = section.Choice("Disabled", standard.Disabled),
            Numbers = Numbers(section.Section("Numbers")),
            HeldIsFinding = HeldIsFinding(section, standard.HeldIsFinding),
        };
        section.NoOthers();
        return policy;
    }

    private static HeldNights HeldIsFinding(SettingsSection section, HeldNights standard)
    {
        const string key = nameof(PlanningPolicy.HeldIsFinding);
        const int unset = -1;
        int? nights = section.CountOrNone(key, unset);
        if (nights == unset) return standard;
        if (nights is < 1 or > HeldNights.Most) section.Bad(key, $"It must be 1 to {HeldNights.Most} nights, or none.");
        return HeldNights.From(nights);
    }

    private static NumberPolicies Numbers(SettingsSection section)
    {
        NumberPolicies standard = NumberPolicies.Default;
        NumberPolicies policies = new()
        {
            NotAssigned = section.Choice("NotAssigned", standard.NotAssigned),
            MobileIsFixedLine = section.Choice("MobileIsFixedLine", standard.MobileIsFixedLine),
            NotPersonal = section.Choice("NotPersonal", standard.NotPersonal),
            Premium = section.Choice("Premium", standard.Premium),
        };
        section.NoOthers();
        return policies;
    }

    private static GuardrailLimits Guardrails(SettingsSection section)
    {
        GuardrailLimits standard = new();
        GuardrailLimits limits = standard with
        {
            MaxDeletes = section.Limit("MaxDeletes", standard.MaxDeletes),
            MaxUpdates = section.Limit("MaxUpdates", standard.MaxUpdates),
            MaxAdds = section.Limit("MaxAdds", standard.MaxAdds),
            MaxLastPhone = section.Limit("MaxLastPhone", standard.MaxLastPhone),
            SharedNumber = section.CountOrNone("SharedNumber", standard.SharedNumber),
            ReadErrors = section.Limit("ReadErrors", standard.ReadErrors),
            MinPopulation = section.Count("MinPopulation", standard.MinPopulation),
            SourceShrink = section.Limit("SourceShrink", standard.SourceShrink),
            SourceOlder = section.Switch("SourceOlder", standard.SourceOlder),
            PerDay = Times(section, "PerDay", standard.PerDay),
            PerWeek = Times(section, "PerWeek", standard.PerWeek),
            OnBreach = section.Choice("OnBreach", standard.OnBreach),
        };
        if (limits.SharedNumber < 1) section.Bad("SharedNumber", "It must be at least 1.");
        section.NoOthers();
        return limits;
    }

    /// <summary>How many times a run's limit may be used within a time.</summary>
    private static decimal Times(SettingsSection section, string key, decimal standard)
    {
        double times = section.Number(key, (double)standard);
        if (times is >= 1 and <= MostTimes) return (decimal)times;
        section.Bad(key,
            $"It says how many times a run's limit may be used within {(key == "PerDay" ? "24 hours" : "7 days")}, all runs together: from 1 to {MostTimes}.");
        return standard;
    }
}
