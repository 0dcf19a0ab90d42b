using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Readiness.Survey;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>
/// Reads people one by one, as they are now, for plan and execution alike. What holds for the whole tenant (policy, groups, roles, registration report) is
/// read when the first person is asked for, and believed for <see cref="TenantMaxAge"/>.
/// </summary>
public sealed class MigratingPeople
{
    private static readonly TimeSpan TenantMaxAge = TimeSpan.FromHours(1);

    private readonly IMigrationReader _reader;
    private readonly MigrationSettings _settings;
    private readonly TimeProvider _time;
    private readonly Remembered<SurveyFacts> _tenant;

    /// <param name="source">How the tenant is read.</param>
    /// <param name="readiness">Groups, dates and password reset.</param>
    /// <param name="settings">The rules' settings.</param>
    /// <param name="time">The clock.</param>
    public MigratingPeople(MigrationSource source, ReadinessSettings readiness, MigrationSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(readiness);
        (_reader, _settings, _time) = (source.People, settings, time);
        SurveyReading survey = new(source.Readiness, source.Changes, readiness with { LastSignIn = true }, time);
        _tenant = new Remembered<SurveyFacts>(
            () => survey.ReadAsync(source.IsPublicCloud, live: true, source: null, CancellationToken.None), static _ => true, TenantMaxAge, time);
    }

    /// <summary>Now, with dates and settings.</summary>
    /// <exception cref="TenantException">The tenant cannot be reached.</exception>
    public async ValueTask<MigrationTerms> TermsAsync(CancellationToken cancellation)
    {
        SurveyFacts tenant = await _tenant.GetAsync(cancellation);
        return new MigrationTerms { Settings = _settings, Dates = tenant.Terms.Dates, Reset = tenant.Terms.Reset, At = _time.GetUtcNow() };
    }

    /// <summary>A person, just read; null: the directory could not be read, or has no such person.</summary>
    /// <exception cref="TenantException">The tenant cannot be reached.</exception>
    public async ValueTask<MigratingPerson?> ReadAsync(string uid, CancellationToken cancellation)
    {
        SurveyFacts tenant = await _tenant.GetAsync(cancellation);
        if (!(await _reader.ReadPersonAsync(uid, cancellation)).TryGet(out FreshPerson? fresh, out _)) return null;
        PersonFacts facts = tenant.Person(fresh.Person) with { LastSignInRead = fresh.LastSignInRead };
        if (!(await _reader.ReadRegisteredAsync(uid, cancellation)).TryGet(out RegisteredMethods? registered, out _))
        {
            return new MigratingPerson(facts with { Methods = null, SmsSignIn = null }, null, fresh.PasswordSetAt);
        }

        MigratingPerson person = new(facts, registered.Methods, fresh.PasswordSetAt);
        // Security questions stand in the report only.
        PersonMethods questions = (facts.Methods ?? PersonMethods.None) & PersonMethods.SecurityQuestions;
        return person with
        {
            Facts = facts with
            {
                Methods = person.Methods | questions,
                Evidence = MethodsSource.Live,
                EvidenceAt = _time.GetUtcNow(),
                SmsSignIn = SmsSignIn(person.Methods, registered.SmsSignIn),
            },
        };
    }

    /// <summary>The same person with sign-ins, where the setting asks for them; a log that cannot be read proves nothing.</summary>
    /// <param name="uid">Object id.</param>
    /// <param name="person">The person, just read.</param>
    /// <param name="since">When the oldest sign-in of interest may have been.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The person, and why the log could not be read; null: it was, or is not asked for.</returns>
    public async ValueTask<(MigratingPerson Person, ServiceError? Problem)> WithSignInsAsync(
        string uid, MigratingPerson person, DateTimeOffset since, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!_settings.SignIns) return (person, null);
        return (await _reader.ReadSignInsAsync(uid, since, cancellation)).TryGet(out SignIns? signIns, out ServiceError? error)
            ? (person with { SignIns = signIns.Uses }, null) : (person, error);
    }

    private static bool? SmsSignIn(PersonMethods methods, SmsSignInState state) => !methods.HasFlag(PersonMethods.MobilePhone) ? false : state switch
    {
        SmsSignInState.Ready => true,
        SmsSignInState.Unknown => null,
        SmsSignInState.NotSupported or SmsSignInState.NotAllowedByPolicy or SmsSignInState.NotEnabled
            or SmsSignInState.PhoneNumberNotUnique or SmsSignInState.NotConfigured => false,
    };
}

/// <summary>How a tenant is read for the steps of <c>migrate</c>.</summary>
/// <param name="Readiness">Directory, policy, groups, roles, report.</param>
/// <param name="People">Single people.</param>
/// <param name="Methods">Methods as the planner reads them.</param>
/// <param name="Changes">The audit log.</param>
/// <param name="IsPublicCloud">Whether dates are announced for its cloud.</param>
public sealed record MigrationSource(
    IReadinessReader Readiness, IMigrationReader People, IMethodsReader Methods, IChangeFeed Changes, bool IsPublicCloud);
