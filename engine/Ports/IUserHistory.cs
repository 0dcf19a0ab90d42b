using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>What a store remembers of one user. Any call may end in a <see cref="StoreException"/>.</summary>
public interface IUserHistory
{
    /// <summary>
    /// The user's place in every run that recorded something about them, newest run first. Users whose row asked for nothing new are
    /// not written down by a run.
    /// </summary>
    /// <param name="user">Object id, principal name, or the user as written in a source; case
    /// does not count. All rows of the object ids that this leads to.</param>
    /// <param name="cancellation">Stops.</param>
    IAsyncEnumerable<PastUser> OfAsync(string user, CancellationToken cancellation);
}

/// <summary>A user in a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="User">The plan and what became of it.</param>
public sealed record PastUser(RunHeader Run, RunUser User);
