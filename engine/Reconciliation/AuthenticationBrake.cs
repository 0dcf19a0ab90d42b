using ProvisioningConnector.Engine.Execution;

namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>
/// Stops a run when the credential or its consent is the trouble: several users in a row are refused with 401 or 403, with
/// nobody between them whom the tenant answered otherwise (safety-and-pacing B3.3). One refused user among many is that
/// user's business.
/// </summary>
internal sealed class AuthenticationBrake
{
    private const int InARow = 5;
    private readonly Lock _gate = new();
    private int _row;

    /// <summary>Looks at what a user's answers say; true when the run must stop.</summary>
    public bool See(CredentialSign sign)
    {
        lock (_gate)
        {
            _row = sign switch
            {
                CredentialSign.None => _row,
                CredentialSign.Works => 0,
                CredentialSign.Refused => _row + 1,
            };
            return _row >= InARow;
        }
    }
}
