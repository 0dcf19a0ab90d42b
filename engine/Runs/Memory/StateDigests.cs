using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Memory;

/// <summary>
/// Keyed digests of what a row wants, of what shapes its plan, and of what the tenant held. Keyed, because bare hashes of phone
/// numbers are phone numbers: all of them can be tried (docs/documents.md#masking).
/// </summary>
public sealed class StateDigests
{
    private static readonly ImmutableArray<PhoneType> Slots = [PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office];
    private readonly byte[] _key;

    /// <param name="key">Secret of the store, at least 16 bytes.</param>
    /// <exception cref="ArgumentException">The key is shorter.</exception>
    public StateDigests(ReadOnlySpan<byte> key)
    {
        if (key.Length < 16) throw new ArgumentException("A key needs at least 16 bytes.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>Everything the row wants; its place, spelling and <c>asOf</c> do not matter.</summary>
    public StateDigest Row(DesiredMethods desired)
    {
        ArgumentNullException.ThrowIfNull(desired);
        StringBuilder text = new("row/1");
        foreach (PhoneType slot in Slots) Append(text, desired[slot].IsManaged ? Wanted(desired[slot]) : null);
        Append(text, desired.Email.IsManaged ? desired.Email.TryGet(out string? address) ? address.ToUpperInvariant() : string.Empty : null);
        Append(text, desired.SmsSignIn?.ToString());
        Append(text, desired.Preferred?.ToString());
        AppendRemovals(text, desired.Removals);
        return Digest(text);
    }

    /// <summary>The policy and the limits in force.</summary>
    public StateDigest Rules(PlanningPolicy policy, GuardrailLimits limits)
    {
        StringBuilder text = new("rules/1");
        Append(text, policy?.ToString());
        Append(text, limits?.ToString());
        return Digest(text);
    }

    /// <summary>The values of everything that the row manages and that was read, as the tenant holds them.</summary>
    /// <param name="desired">What the row wants.</param>
    /// <param name="current">What the tenant holds.</param>
    /// <param name="at">When that was verified.</param>
    public ImmutableArray<PartDigest> Parts(DesiredMethods desired, CurrentMethods current, DateTimeOffset at = default)
    {
        ArgumentNullException.ThrowIfNull(desired);
        ArgumentNullException.ThrowIfNull(current);
        ImmutableArray<PartDigest>.Builder parts = ImmutableArray.CreateBuilder<PartDigest>();
        foreach (PhoneType slot in Slots)
        {
            if (desired[slot].IsManaged) Add(Slot(slot), current[slot].FullText());
        }

        if (desired.Email.IsManaged && !current.Unread.HasEmail()) Add(ManagedValue.Email, current.Email?.Address.ToUpperInvariant());
        if (desired.SmsSignIn is not null) Add(ManagedValue.SmsSignIn, current.Mobile.IsEmpty ? null : current.SmsSignIn.ToString());
        if (desired.Preferred is not null) Add(ManagedValue.PreferredMethod,
            current.Default.Knowledge == DefaultMethodKnowledge.Known ? current.Default.Method.ToString() : current.Default.Knowledge.ToString());
        // Of a kind that was not read nothing was verified.
        if (!desired.Removals.IsEmpty && (desired.RemovedKinds & current.Unread) == KindSet.None)
        {
            IEnumerable<string> left = current.Others.Where(m => desired.Removes(m.Kind)).Select(m => $"{m.Kind.Name()} {m.Id.ToUpperInvariant()}");
            Add(ManagedValue.Removals, string.Join('\n', left.Order(StringComparer.Ordinal)));
            Add(ManagedValue.RemovalsWanted, WantedRemovals(desired));
        }

        return parts.ToImmutable();

        void Add(ManagedValue of, string? value) => parts.Add(new PartDigest(of, Digest(of, value), at));
    }

    /// <summary>Whether what was verified of a value is what the row wants today, so that the row did not change in this respect.</summary>
    public bool IsStillWanted(PartDigest verified, DesiredMethods desired)
    {
        ArgumentNullException.ThrowIfNull(desired);
        return verified.Of switch
        {
            ManagedValue.Mobile => IsStillWanted(verified, desired.Mobile),
            ManagedValue.AlternateMobile => IsStillWanted(verified, desired.AlternateMobile),
            ManagedValue.Office => IsStillWanted(verified, desired.Office),
            ManagedValue.Email => desired.Email.IsManaged && Is(verified, desired.Email.TryGet(out string? address) ? address.ToUpperInvariant() : null),
            ManagedValue.SmsSignIn => desired.SmsSignIn switch
            {
                null => false,
                true => Is(verified, nameof(SmsSignInState.Ready)),
                false => Is(verified, null)
                    || Enum.GetValues<SmsSignInState>().Any(s => s is not (SmsSignInState.Ready or SmsSignInState.Unknown) && Is(verified, s.ToString())),
            },
            ManagedValue.PreferredMethod => desired.Preferred is { } preferred && Is(verified, preferred.ToString()),
            ManagedValue.RemovalsWanted => !desired.Removals.IsEmpty && Is(verified, WantedRemovals(desired)),
            ManagedValue.Removals => false,
        };
    }

    /// <summary>Whether a value is in the tenant as it was verified.</summary>
    public bool IsUnchanged(PartDigest verified, DesiredMethods desired, CurrentMethods current) =>
        Parts(desired, current).Any(now => now.Of == verified.Of && now.Digest == verified.Digest);

    private static string Wanted(Managed<PhoneNumber> wanted) => wanted.TryGet(out PhoneNumber number) ? number.Canonical() : string.Empty;

    private static ManagedValue Slot(PhoneType slot) => slot switch
    {
        PhoneType.Mobile => ManagedValue.Mobile,
        PhoneType.AlternateMobile => ManagedValue.AlternateMobile,
        PhoneType.Office => ManagedValue.Office,
    };

    private bool IsStillWanted(PartDigest verified, Managed<PhoneNumber> wanted) =>
        wanted.IsManaged && Is(verified, wanted.TryGet(out PhoneNumber number) ? number.Canonical() : null);

    private bool Is(PartDigest verified, string? value) => verified.Digest == Digest(verified.Of, value);

    private static string WantedRemovals(DesiredMethods desired)
    {
        StringBuilder text = new();
        AppendRemovals(text, [.. desired.Removals.OrderBy(r => r.Kind)]);
        return text.ToString();
    }

    private static void AppendRemovals(StringBuilder text, ImmutableArray<Removal> removals)
    {
        foreach (Removal removal in removals)
        {
            Append(text, removal.Kind.Name());
            foreach (string id in removal.Ids.Select(i => i.ToUpperInvariant()).Order(StringComparer.Ordinal)) Append(text, id);
            Append(text, null);
        }
    }

    private StateDigest Digest(ManagedValue of, string? value)
    {
        StringBuilder text = new("part/1");
        Append(text, of.ToString());
        Append(text, value);
        return Digest(text);
    }

    // Lengths keep one value from running into the next; nothing is -1 long.
    private static void Append(StringBuilder text, string? value) => text.Append(CultureInfo.InvariantCulture, $"\n{value?.Length ?? -1} {value}");

    private StateDigest Digest(StringBuilder text)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text.ToString()), digest);
        return StateDigest.Read(digest);
    }
}
