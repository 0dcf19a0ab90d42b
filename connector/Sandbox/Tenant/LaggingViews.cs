using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>Older states that some readers still see: replicas that lag, and the registration report with its hours of delay.</summary>
internal sealed class LaggingViews
{
    private sealed class Older(UserCredentials state, DateTimeOffset until, int reads)
    {
        public UserCredentials State { get; } = state;
        public DateTimeOffset Until { get; set; } = until;
        public int Reads { get; set; } = reads;
    }

    private readonly Dictionary<SandboxUser, Older> _replicas = [];
    private readonly Dictionary<SandboxUser, (UserCredentials State, DateTimeOffset Until)> _reports = [];

    public void Written(SandboxUser user, UserCredentials before, DateTimeOffset now, SandboxSettings settings, ReadLagSettings? lag)
    {
        lag ??= settings.ReadLag;
        if (lag is not null)
        {
            if (_replicas.TryGetValue(user, out LaggingViews.Older? older) && Alive(older, now))
            {
                older.Until = now + lag.Time;
                older.Reads = lag.Reads;
            }
            else _replicas[user] = new Older(before, now + lag.Time, lag.Reads);
        }
        TimeSpan delay = settings.Reports.RegistrationDelay;
        if (delay > TimeSpan.Zero && !(_reports.TryGetValue(user, out (UserCredentials State, DateTimeOffset Until) report) && now < report.Until))
            _reports[user] = (before, now + delay);
    }

    /// <summary>What a read of the user's methods shows; counts as one read.</summary>
    public UserCredentials Read(SandboxUser user, DateTimeOffset now)
    {
        if (_replicas.Count == 0 || !_replicas.TryGetValue(user, out LaggingViews.Older? older)) return user.Credentials;
        if (Alive(older, now))
        {
            older.Reads--;
            return older.State;
        }
        _replicas.Remove(user);
        return user.Credentials;
    }

    public UserCredentials Report(SandboxUser user, DateTimeOffset now) =>
        _reports.Count > 0 && _reports.TryGetValue(user, out (UserCredentials State, DateTimeOffset Until) report) && now < report.Until
        ? report.State : user.Credentials;

    private static bool Alive(Older older, DateTimeOffset now) => older.Reads > 0 || now < older.Until;
}
