using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Quarantine;

/// <summary>
/// Stops a run when nothing reaches the tenant any more: for some time the requests of several users in a row found no connection or token, or were
/// answered by something else in the tenant's place. It says nothing about users or credentials, so the run is interrupted and the tenant is not quarantined.
/// </summary>
/// <param name="patience">How long it may last.</param>
/// <param name="time">The clock.</param>
internal sealed class TransportBrake(TimeSpan patience, TimeProvider time)
{
    /// <summary>Code of the diagnostic of the run.</summary>
    public const string Code = "tenantNotReached";

    private const int InARow = 20;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _row = new(StringComparer.OrdinalIgnoreCase);
    private long _since;
    private ServiceError? _last;

    /// <summary>Whether several users in a row were not reached, however short it lasted.</summary>
    public bool IsRow
    {
        get
        {
            lock (_gate) return _row.Count >= InARow;
        }
    }

    /// <summary>Why the run must stop; null while it need not.</summary>
    public Diagnostic? Blocked
    {
        get
        {
            lock (_gate)
            {
                return _last is { } last && _row.Count >= InARow && time.GetElapsedTime(_since) >= patience
                    ? Diagnostic.Error(Code,
                        $"No request has reached the tenant for at least {patience.TotalMinutes:0} min and {InARow} users, so the run was stopped. "
                        + $"The last answer: {last.Message} {last.Advice} Fix that, then resume the run.")
                    : null;
            }
        }
    }

    /// <summary>Looks at one request.</summary>
    /// <param name="uid">Whose it was: repeats for one user count once.</param>
    /// <param name="error">How it failed; null when it did not.</param>
    public void Observe(string uid, ServiceError? error)
    {
        lock (_gate)
        {
            if (error is { Kind: ErrorKind.NoConnection or ErrorKind.UnreadableAnswer })
            {
                if (_row.Count == 0) _since = time.GetTimestamp();
                _row.Add(uid);
                _last = error;
            }
            else
            {
                _row.Clear();
                _last = null;
            }
        }
    }
}
