using ProvisioningConnector.Engine.Migration;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Reads one person anew, as far as the steps of <c>migrate</c> need them. Has no member that writes.</summary>
public interface IMigrationReader
{
    /// <summary>The person as the directory knows them now.</summary>
    ValueTask<Reading<FreshPerson>> ReadPersonAsync(string uid, CancellationToken cancellation);

    /// <summary>The person's successful sign-ins since a moment (beta, docs/graph.md#sign-in-log), the newest ones where there are many.</summary>
    ValueTask<Reading<SignIns>> ReadSignInsAsync(string uid, DateTimeOffset since, CancellationToken cancellation);

    /// <summary>The person's methods with age and use (beta, docs/graph.md#behaviour-of-reads).</summary>
    ValueTask<Reading<RegisteredMethods>> ReadRegisteredAsync(string uid, CancellationToken cancellation);
}

/// <summary>One person of the directory, just read.</summary>
/// <param name="Person">What the directory says.</param>
/// <param name="LastSignInRead">Whether the last sign-in could be read; without it <see cref="DirectoryPerson.LastSignIn"/> says nothing.</param>
/// <param name="PasswordSetAt">When the password was last set; null: not known.</param>
public sealed record FreshPerson(DirectoryPerson Person, bool LastSignInRead, DateTimeOffset? PasswordSetAt);
