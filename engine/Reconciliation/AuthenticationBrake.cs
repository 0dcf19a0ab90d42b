using ProvisioningConnector.Engine.Execution;

namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>
/// Stops a run when the credential or its consent is the trouble: several users in a row fail with 401, or with 403 before
/// anything ever succeeded (safety-and-pacing B3.3). One refused user among many is that user's business.
/// </summary>
internal sealed class AuthenticationBrake
{
    private const int InARow = 5;
    private readonly Lock _gate = new();
    private int _row;
    private bool _anySuccess;

    /// <summary>Looks at a user's results; true when the run must stop.</summary>
    public bool See(UserResult result)
    {
        lock (_gate)
        {
            foreach (OperationResult operation in result.Operations)
            {
                if (operation.CountsAsDone)
                {
                    _anySuccess = true;
                    _row = 0;
                }
                else if (operation.Error?.Status == 401 || (operation.Error?.Status == 403 && !_anySuccess))
                {
                    _row++;
                    break;
                }
            }

            return _row >= InARow;
        }
    }
}
