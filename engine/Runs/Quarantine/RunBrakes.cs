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
    public Diagnostic? See(CredentialSign sign, UserOutcome outcome)
    {
        bool tooMany = _failures.See(outcome);
        if (_authentication.See(sign)) return Authentication;
        return tooMany ? Failures : null;
    }

    private static Diagnostic Authentication { get; } = Diagnostic.Error(TenantQuarantine.AuthenticationTrouble,
        "Several users in a row were refused with 401 or 403, or no token was to be had, so the run was stopped: the credential or its permissions are the trouble, not the users. "
        + "Check the application's permissions and consent (provision doctor), then resume the run.");

    private static Diagnostic Failures { get; } = Diagnostic.Error(TenantQuarantine.TooManyFailures,
        "At least 50 users failed, and at least 40 % of those tried, so the run was stopped: something is wrong with the tenant or the source as a whole. "
        + "Look at the errors of the failed users, then resume the run.");
}
