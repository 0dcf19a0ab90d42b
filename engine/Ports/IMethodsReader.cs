using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Reads users' authentication methods. Retries, throttling and paging are its own business.</summary>
public interface IMethodsReader
{
    /// <summary>Most users in one call.</summary>
    const int MaxUsers = 20;

    /// <summary>Reads up to <see cref="MaxUsers"/> users; the readings come in the order of the requests.</summary>
    ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation);

    /// <summary>Reads a user's default method (beta); <see cref="DefaultMethod.Unreadable"/> when the tenant will not say.</summary>
    ValueTask<DefaultMethod> ReadDefaultAsync(string uid, CancellationToken cancellation);
}

/// <summary>Whom to read.</summary>
/// <param name="Uid">Object id.</param>
/// <param name="Also">Kinds to be read too where no list of all methods shows them, because a row or verb removes them.</param>
/// <param name="Group">Object id of a group of which membership is to be read too; null: none.</param>
public readonly record struct UserRead(string Uid, KindSet Also = KindSet.None, string? Group = null)
{
    /// <summary>What has to be read of a user to plan what is wanted of them.</summary>
    public static UserRead For(string uid, DesiredMethods desired)
    {
        ArgumentNullException.ThrowIfNull(desired);
        return new UserRead(uid, desired.RemovedKinds, desired.Membership?.Group);
    }
}

/// <summary>What reading one user gave.</summary>
public abstract record MethodsReading
{
    private MethodsReading()
    {
    }

    /// <summary>The phones, and everything else that can be read; <see cref="CurrentMethods.Unread"/> has the rest.</summary>
    public sealed record Complete(CurrentMethods Methods) : MethodsReading;

    /// <summary>The tenant says that there is no such user.</summary>
    public sealed record NoUser(ServiceError Error) : MethodsReading;

    /// <summary>Not read, read in part only, or masked: no state (docs/design.md#complete-state).</summary>
    public sealed record Failed(ServiceError Error) : MethodsReading;
}
