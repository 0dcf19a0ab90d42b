using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Quarantine;

/// <summary>The rules that stop a run for the tenant's sake.</summary>
internal sealed class RunBrakes
{
    private readonly AuthenticationBrake _authentication = new();
    private readonly FailureBrake _failures = new();

    /// <summary>Looks at a user of whom it is known what became of everything; the cause when the run must stop, otherwise null.</summary>
    public Diagnostic? Observe(CredentialSign sign, UserOutcome outcome)
    {
        bool tooMany = _failures.Observe(outcome);
        if (_authentication.Observe(sign)) return Authentication;
        return tooMany ? Failures : null;
    }

    private static Diagnostic Authentication { get; } = Diagnostic.Error(TenantQuarantine.AuthenticationProblem,
        "Several users in a row were refused with 401 or 403, or no token could be obtained, so the run was stopped. "
        + "The users are not the cause. Check the credential, and the application's permissions and consent (provision doctor), then resume the run.");

    private static Diagnostic Failures { get; } = Diagnostic.Error(TenantQuarantine.TooManyFailures,
        "At least 50 users failed, and at least 40 % of those tried, so the run was stopped: the tenant or the source as a whole has a problem. "
        + "Look at the errors of the failed users, then resume the run.");
}

/// <summary>Stops a run when so many of its users fail that the tenant is the problem: at least 50, and 40 % of those tried
/// (docs/safety.md#quarantine).</summary>
internal sealed class FailureBrake
{
    private const long LeastFailed = 50;
    private const long LeastPercent = 40;
    private readonly Lock _gate = new();
    private long _tried;
    private long _failed;

    /// <summary>Looks at what became of a user; true when the run must stop.</summary>
    public bool Observe(UserOutcome outcome)
    {
        lock (_gate)
        {
            _tried++;
            _failed += outcome switch
            {
                UserOutcome.Failed or UserOutcome.Unknown => 1,
                UserOutcome.Done or UserOutcome.Skipped or UserOutcome.Stale => 0,
            };
            return _failed >= LeastFailed && _failed * 100 >= _tried * LeastPercent;
        }
    }
}

/// <summary>
/// Stops a run when the credential or its consent is the problem: several users in a row without a token, refused with 401, or with
/// 403 before anything was accepted (docs/safety.md#outcomes). Once the tenant accepted a write, a 403 is that user's business.
/// </summary>
internal sealed class AuthenticationBrake
{
    private const int InARow = 5;
    private readonly Lock _gate = new();
    private bool _worked;
    private int _row;

    /// <summary>Looks at what a user's answers say; true when the run must stop.</summary>
    public bool Observe(CredentialSign sign)
    {
        lock (_gate)
        {
            _worked |= sign == CredentialSign.Works;
            _row = sign switch
            {
                CredentialSign.None => _row,
                CredentialSign.Works => 0,
                CredentialSign.Unauthenticated => _row + 1,
                CredentialSign.Forbidden => _worked ? 0 : _row + 1,
            };
            return _row >= InARow;
        }
    }
}
