using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>Reads what holds for the whole tenant, before people: its type, policy, groups, roles, report. What cannot be read is unknown.</summary>
internal sealed class SurveyReading(IReadinessReader reader, IChangeFeed changes, ReadinessSettings settings, TimeProvider time)
{
    /// <summary>How far back the audit log is asked whether rows of the report are too old; they lag for a day and a half at most.</summary>
    private static readonly TimeSpan ChangesWithin = TimeSpan.FromDays(3);

    private readonly UnknownColumns _unknown = new();

    public async Task<SurveyFacts> ReadAsync(bool publicCloud, bool live, SourcePhones? source, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        TenantTraits? traits = await TraitsAsync(cancellation);
        TenantPolicy? policy = await OrUnknownAsync("scope", reader.ReadPolicyAsync(cancellation));
        RegistrationAccess? access = await OrUnknownAsync("registrationBlocked", reader.ReadRegistrationAccessAsync(cancellation));
        PhoneStrengths? strengths = await OrUnknownAsync("authenticationStrengths", reader.ReadPhoneStrengthsAsync(cancellation));
        GroupSets groups = await GroupsAsync(policy, cancellation);
        ByUid<Privilege>? privileges = await PrivilegesAsync(cancellation);
        ByUid<RegistrationDetails>? report = await ReportAsync(cancellation);
        bool dated = publicCloud && traits?.HasDates != false;
        ReadinessTerms terms = new()
        {
            Dates = dated ? settings.Dates : null, Reset = settings.Reset, DormantAfter = settings.DormantAfter, At = now,
            Prompt = new PromptTerms
            {
                SelfService = policy?.PasskeySelfService, UsableType = policy?.PasskeyUsableType, Guests = settings.GuestPasskeys,
                RegistrationBlocked = access switch { { Blocks: true } => true, { Limits.IsEmpty: true } => false, _ => null },
            },
        };
        return new SurveyFacts(settings, groups, _unknown, report)
        {
            Terms = terms, Policy = policy, Access = access, Strengths = strengths, Privileges = privileges, Traits = traits, Source = source,
            Changes = live || report is null ? new ByUid<DateTimeOffset>() : await ChangesAsync(now - ChangesWithin, cancellation),
        };
    }

    /// <summary>The first request of a survey: without a connection or a token nothing else is tried.</summary>
    private async ValueTask<TenantTraits?> TraitsAsync(CancellationToken cancellation)
    {
        if ((await reader.ReadTenantAsync(cancellation)).TryGet(out TenantTraits? traits, out ServiceError? error)) return traits;
        if (error.Kind is ErrorKind.NoConnection or ErrorKind.Unauthenticated) throw new TenantException(error);
        _unknown.Add("tenantType", error);
        return null;
    }

    private async ValueTask<T?> OrUnknownAsync<T>(string column, ValueTask<Reading<T>> reading)
        where T : class
    {
        if ((await reading).TryGet(out T? value, out ServiceError? error)) return value;
        _unknown.Add(column, error);
        return null;
    }

    private async ValueTask<GroupSets> GroupsAsync(TenantPolicy? policy, CancellationToken cancellation)
    {
        GroupSets groups = new(reader, _unknown);
        foreach (MethodTargets targets in policy is null ? [] : new[] { policy.Sms, policy.Voice, policy.Certificate }.Where(static t => t.Enabled))
        {
            await groups.ReadAsync("scope", targets.Include.Concat(targets.Exclude), cancellation);
        }

        if (policy is { Sms.Enabled: true }) await groups.ReadAsync("smsSignIn", policy.SmsSignIn, cancellation);
        if (policy is { Passkey.Enabled: true }) await groups.ReadAsync("passkeyAllowed", policy.Passkey.Include.Concat(policy.Passkey.Exclude), cancellation);
        await groups.ReadAsync("onPremisesMfa", settings.OnPremisesGroups ?? [], cancellation);
        await groups.ReadAsync("providerCovers", (settings.ProviderSms ?? []).Concat(settings.ProviderVoice ?? []), cancellation);
        await groups.ReadAsync("ssprAfter", settings.ResetGroups ?? [], cancellation);
        await groups.ReadAsync("excluded", settings.ExcludedGroups, cancellation);
        await groups.ReadAsync("onLeave", settings.OnLeaveGroups, cancellation);
        return groups;
    }

    /// <summary>Holders of roles, the highest for each; null: not known. Without eligibilities people who may only activate a role
    /// count as having none, which gives them the same date.</summary>
    private async ValueTask<ByUid<Privilege>?> PrivilegesAsync(CancellationToken cancellation)
    {
        ByUid<Privilege> found = new();
        await foreach (FeedPage<RoleHolder> page in reader.EligibleRolesAsync(cancellation))
        {
            if (page.Error is { } error) _unknown.Add("privileged (eligible)", error);
            foreach (RoleHolder holder in page.Entries) found[holder.Uid] = Privilege.Eligible;
        }

        await foreach (FeedPage<RoleHolder> page in reader.RolesAsync(cancellation))
        {
            if (page.Error is { } error)
            {
                _unknown.Add("privileged", error);
                return null;
            }

            foreach (RoleHolder holder in page.Entries)
            {
                bool higher = found.TryGet(holder.Uid, out Privilege known) && known == Privilege.GlobalAdministrator;
                found[holder.Uid] = higher || holder.IsGlobalAdministrator ? Privilege.GlobalAdministrator : Privilege.Other;
            }
        }

        return found;
    }

    private async ValueTask<ByUid<RegistrationDetails>?> ReportAsync(CancellationToken cancellation)
    {
        ByUid<RegistrationDetails> rows = new();
        await foreach (FeedPage<RegistrationDetails> page in reader.RegistrationsAsync(cancellation))
        {
            if (page.Error is { } error)
            {
                // Half a report would make the other half look as if it were missing.
                _unknown.Add("registrationReport", error);
                return null;
            }

            foreach (RegistrationDetails row in page.Entries) rows[row.Uid] = row;
        }

        return rows;
    }

    private async ValueTask<ByUid<DateTimeOffset>> ChangesAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        ByUid<DateTimeOffset> latest = new();
        await foreach (FeedPage<SecurityChange> page in changes.ChangesAsync(since, cancellation))
        {
            if (page.Error is { } error) _unknown.Add("lastChange", error);
            foreach (SecurityChange change in page.Entries)
            {
                if (!latest.TryGet(change.Uid, out DateTimeOffset known) || known < change.At) latest[change.Uid] = change.At;
            }
        }

        return latest;
    }
}
