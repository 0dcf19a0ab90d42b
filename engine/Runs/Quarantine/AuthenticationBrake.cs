using ProvisioningConnector.Engine.Execution;

namespace ProvisioningConnector.Engine.Runs.Quarantine;

/// <summary>
/// Stops a run when the credential or its consent is the trouble: several users in a row without a token, refused with 401, or with
/// 403 before anything was accepted (safety-and-pacing B3.3). Once the tenant accepted a write, a 403 is that user's business.
/// </summary>
internal sealed class AuthenticationBrake
{
    private const int InARow = 5;
    private readonly Lock _gate = new();
    private bool _worked;
    private int _row;

    /// <summary>Looks at what a user's answers say; true when the run must stop.</summary>
    public bool See(CredentialSign sign)
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
