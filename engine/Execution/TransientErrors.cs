using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>Which problems may be over by the end of the run, so that a second pass is worth it (docs/safety.md#retries-across-runs).</summary>
internal static class TransientErrors
{
    public static bool IsPassing(this ErrorKind kind) => kind switch
    {
        ErrorKind.Throttled or ErrorKind.ServiceFailure or ErrorKind.TimedOut or ErrorKind.ConnectionBroken or ErrorKind.NoConnection
            or ErrorKind.UnreadableAnswer => true,
        ErrorKind.Refused or ErrorKind.InvalidValue or ErrorKind.NotFound or ErrorKind.AlreadyExists or ErrorKind.NumberNotUnique
            or ErrorKind.DefaultMethod or ErrorKind.AlternateMobileFirst or ErrorKind.MobileFirst or ErrorKind.DisabledByPolicy or ErrorKind.Licence
            or ErrorKind.B2C or ErrorKind.Unauthenticated or ErrorKind.Forbidden or ErrorKind.ForeignLink or ErrorKind.Masked => false,
    };
}
