using System.Net;
using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Facade.Access;

/// <summary>
/// Decides who calls. Every way to fail takes the same steps: the store is asked (for an id that no one has, where none was shown), a digest is
/// computed and compared in constant time, and only then it is looked at what else is wrong.
/// </summary>
internal sealed class CallerCheck(IApiKeys keys, LoopbackAccounts accounts, ITokenCheck tokens, LoginThrottle throttle, RefusalRecords records,
    TimeProvider time)
{
    private const string DecoyId = "0000000000000000";

    /// <param name="presented">What the request shows.</param>
    /// <param name="address">Where it comes from, known proxies taken away.</param>
    /// <param name="isDirect">Whether it surely comes from this machine: a loopback address and no sign of a proxy.</param>
    /// <param name="transaction">The request's transaction id.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask<AuthenticationResult> CheckAsync(Credentials presented, IPAddress? address, bool isDirect, string transaction,
        CancellationToken cancellation)
    {
        string place = LoginThrottle.Place(address);
        return presented switch
        {
            // Many clients ask without credentials first; that is no attempt.
            Credentials.Nothing => await NothingAsync(place, cancellation),
            Credentials.Unusable => await RefuseAsync(AccessRefusal.Unusable, place, null, null, transaction, cancellation, lookUp: true),
            Credentials.Key key => await KeyAsync(key, place, address, transaction, cancellation),
            Credentials.Account account => await AccountAsync(account, place, isDirect, transaction, cancellation),
            Credentials.Token token => await TokenAsync(token, place, transaction, cancellation),
            _ => throw new InvalidOperationException($"Credentials are of an unknown kind: {presented.GetType().Name}."),
        };
    }

    private async ValueTask<AuthenticationResult> NothingAsync(string place, CancellationToken cancellation)
    {
        await LookUpDecoyAsync(cancellation);
        return new AuthenticationResult.Refused(throttle.Pause(place, null));
    }

    private async ValueTask<AuthenticationResult> KeyAsync(Credentials.Key shown, string place, IPAddress? address, string transaction,
        CancellationToken cancellation)
    {
        ApiKey? key = await keys.FindAsync(shown.Text.Id, cancellation);
        bool right = Matches(shown.Text.Secret, key?.Digest);
        AccessRefusal? refusal = key is null ? AccessRefusal.UnknownKey
            : !right ? AccessRefusal.WrongSecret
            : key.RevokedAt is not null ? AccessRefusal.Revoked
            : !key.IsLive(time.GetUtcNow()) ? AccessRefusal.Expired
            : !key.MayComeFrom(address) ? AccessRefusal.Address
            : shown.Name is { } name && name != key.Id && !name.Equals(key.Name, StringComparison.OrdinalIgnoreCase) ? AccessRefusal.WrongName
            : null;
        if (refusal is { } why || key is null) return await RefuseAsync(refusal ?? AccessRefusal.UnknownKey,
            place, shown.Text.Id, shown.Text.Id, transaction, cancellation);
        throttle.Succeeded(place, key.Id);
        return new AuthenticationResult.Success(new Caller.Key(key.Id, key.Name, key.Grants));
    }

    private async ValueTask<AuthenticationResult> AccountAsync(Credentials.Account shown, string place,
        bool isDirect, string transaction, CancellationToken cancellation)
    {
        await LookUpDecoyAsync(cancellation);
        string id = accounts.Knows(shown.Name) ? shown.Name : "?";
        // A password can be guessed: during a pause none is looked at. The attempt changes nothing, or the next answer would say whether it was right.
        if (throttle.PauseOf(place, id) > TimeSpan.Zero) return new AuthenticationResult.Refused(throttle.Pause(place, id));
        bool right = accounts.Matches(shown.Name, shown.Password);
        if (!right || !isDirect) return await RefuseAsync(AccessRefusal.Account, place, id, null, transaction, cancellation);
        throttle.Succeeded(place, id);
        return new AuthenticationResult.Success(new Caller.LoopbackAccount(shown.Name));
    }

    private async ValueTask<AuthenticationResult> TokenAsync(Credentials.Token shown, string place, string transaction, CancellationToken cancellation)
    {
        await LookUpDecoyAsync(cancellation);
        return await tokens.CheckAsync(shown.Text, cancellation) switch
        {
            TokenVerdict.Right right => new AuthenticationResult.Success(right.Caller),
            TokenVerdict.Wrong => await RefuseAsync(AccessRefusal.Token, place, null, null, transaction, cancellation),
            TokenVerdict.NoKeys => new AuthenticationResult.Unknown(),
            _ => throw new InvalidOperationException("A verdict on a token is of an unknown kind."),
        };
    }

    private async ValueTask<AuthenticationResult> RefuseAsync(
        AccessRefusal why, string place, string? id, string? keyId, string transaction, CancellationToken cancellation, bool lookUp = false)
    {
        if (lookUp) await LookUpDecoyAsync(cancellation);
        long failures = throttle.Failed(place, id);
        await records.RecordAsync(why, keyId, place, failures, transaction, cancellation);
        return new AuthenticationResult.Refused(throttle.Pause(place, id));
    }

    private async ValueTask LookUpDecoyAsync(CancellationToken cancellation)
    {
        await keys.FindAsync(DecoyId, cancellation);
        Matches(DecoyId, null);
    }

    private static bool Matches(string secret, string? digest)
    {
        // Against a digest that no secret has, where there is no key.
        byte[] known = Encoding.ASCII.GetBytes(digest ?? new string('-', 64));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(KeyText.Digest(secret)), known);
    }
}
