using System.Collections.Immutable;
using System.Globalization;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>What is to be said of the tenant: provider, opt-out, campaign, passkeys, Conditional Access, temporary access passes, migration.</summary>
internal static class TenantFindings
{
    public static ImmutableArray<TenantFinding> From(SurveyFacts facts, ReadinessCounts counts, ReadinessSettings settings)
    {
        ImmutableArray<TenantFinding>.Builder found = ImmutableArray.CreateBuilder<TenantFinding>();
        if (facts.Terms.Dates is null)
        {
            found.Add(new("noDate", false, "No date is announced for this kind of tenant (national cloud, Azure AD B2C, External ID).", ""));
        }

        if (!facts.ReportRead)
        {
            found.Add(new("reportNotRead", true, "The registration report could not be read, so methods are not known.",
                "Grant AuditLog.Read.All and check that the tenant has Microsoft Entra ID P1 or P2; or read everybody's methods with --as-of live."));
        }

        Provider(found, facts, counts, settings);
        if (facts.Policy is { } policy) Policy(found, policy, facts.Terms.Prompt);
        if (facts.Access is { } access) Access(found, access);
        if (facts.Strengths is { Names: { IsEmpty: false } names })
        {
            found.Add(new("phoneStrengths", true, $"Nothing but SMS or voice satisfies these authentication strengths: {string.Join(", ", names)}.",
                "Add a combination that stays, such as fido2, or stop requiring them: Entra admin center, Authentication methods, Authentication strengths."));
        }

        return found.ToImmutable();
    }

    private static void Provider(
        ImmutableArray<TenantFinding>.Builder found, SurveyFacts facts, ReadinessCounts counts, ReadinessSettings settings)
    {
        if (settings.ProviderSms is not null || settings.ProviderVoice is not null || counts[Band.OnlyPhone] == 0) return;
        string until = (facts.Terms.Dates ?? settings.Dates).ProviderFinished.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        found.Add(new("providerNotSet", false, "Whether an own telephony provider covers people is not known: TelephonyProvider is not set.",
            $"If there is one, set TelephonyProvider:Sms:Groups and TelephonyProvider:Voice:Groups; if there is to be one, finish it by {until}."));
    }

    private static void Policy(ImmutableArray<TenantFinding>.Builder found, TenantPolicy policy, PromptTerms prompt)
    {
        if (policy.LegacyMayApply)
        {
            found.Add(new("migrationOpen", true,
                $"The migration of the old MFA and reset policies is not complete ({policy.MigrationState ?? "not known"}), "
                + "so phones may be allowed where no policy shows it.",
                "Complete it: Entra admin center, Authentication methods, Policies, Manage migration."));
        }

        if (!policy.Passkey.Enabled)
        {
            found.Add(new("passkeyOff", true, "Passkeys are off in the authentication methods policy, so no one can complete the prompt.",
                "PATCH policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2 {\"state\":\"enabled\"} with its includeTargets."));
        }
        else if (prompt.SelfService == false)
        {
            found.Add(new("passkeySelfServiceOff", true, "People may not register passkeys themselves, so no one can complete the prompt.",
                "PATCH policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2 {\"isSelfServiceRegistrationAllowed\":true}."));
        }

        if (policy.Passkey.Enabled && prompt.UsableType == false)
        {
            found.Add(new("passkeyNoUsableType", true, "The passkey policy admits no type of passkey.", "Add a type or a model to the passkey profile."));
        }

        if (policy.PasskeyProfiles > 1)
        {
            found.Add(new("passkeyProfilesCombine", false,
                $"There are {policy.PasskeyProfiles} passkey profiles. "
                + "Of several, one that admits a passkey is enough, so a strict one may be wider than intended.",
                "Check that people for whom the strict profile is meant are in no other."));
        }

        if (policy.TemporaryAccessPass == false)
        {
            found.Add(new("passOff", true, "Temporary access passes are off, so no one who is locked out can be let in with one.",
                "PATCH policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass "
                + "{\"state\":\"enabled\"} for the helpdesk's people."));
        }

        Campaign(found, policy);
    }

    private static void Campaign(ImmutableArray<TenantFinding>.Builder found, TenantPolicy policy)
    {
        if (string.Equals(policy.CampaignState, "disabled", StringComparison.OrdinalIgnoreCase))
        {
            found.Add(new("campaignOff", false, "The registration campaign is off: no one is asked to register another method before the date.",
                "PATCH policies/authenticationMethodsPolicy registrationEnforcement.authenticationMethodsRegistrationCampaign "
                + "{\"state\":\"enabled\"} with includeTargets."));
        }
        else if (policy.CampaignState is { } state)
        {
            string asked = policy.CampaignMethods.IsEmpty ? "" : $" It asks for {string.Join(", ", policy.CampaignMethods)}.";
            found.Add(new("campaign", false, $"The registration campaign is {state}.{asked}", ""));
        }

        if (policy.OptedOut is { } optedOut)
        {
            found.Add(new("optOut", false, optedOut
                ? "The tenant opted out of the passkey rollout of 1 September 2026. This does not move the date on which SMS and voice end."
                : "The tenant did not opt out of the passkey rollout of 1 September 2026.", ""));
        }
    }

    private static void Access(ImmutableArray<TenantFinding>.Builder found, RegistrationAccess access)
    {
        if (access.Blocks)
        {
            found.Add(new("registrationBlocked", true, "Conditional Access blocks registering security information for everybody.",
                "Exclude the people to be prompted, or let them register with a temporary access pass."));
        }
        else if (!access.Limits.IsEmpty)
        {
            found.Add(new("registrationLimited", true, $"Conditional Access limits registering security information: {string.Join(", ", access.Limits)}.",
                "Check that people with only a phone can meet the conditions; they may be locked out else."));
        }
    }
}
