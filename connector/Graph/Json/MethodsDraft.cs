using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Graph.Json;

/// <summary>
/// A user's methods while they are read, page by page and collection by collection. Anything that could only be guessed
/// (an entry without type or id, two entries for one slot) spoils the whole: half a state is no state (docs/design.md#complete-state).
/// </summary>
/// <param name="covered">Kinds that the lists to be read cover.</param>
internal sealed class MethodsDraft(KindSet covered)
{
    private static readonly Comparison<AuthenticationMethod> ByKindThenId =
        static (left, right) => left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : string.CompareOrdinal(left.Id, right.Id);

    private CurrentSlot _mobile;
    private CurrentSlot _alternateMobile;
    private CurrentSlot _office;
    private SmsSignInState _smsSignIn;
    private CurrentEmail? _email;
    private List<AuthenticationMethod>? _others;

    /// <summary>Why this cannot become a state; null as long as it can.</summary>
    public string? Spoilt { get; private set; }

    /// <summary>Whether a masked number came.</summary>
    public bool Masked { get; private set; }

    /// <summary>Kinds of which nothing is known so far.</summary>
    public KindSet Unread { get; private set; } = KindSets.All & ~covered;

    /// <summary>The list of a kind was read to its end.</summary>
    public void Cover(MethodKind kind) => Unread &= ~KindSets.From(kind);

    public void Spoil(string why) => Spoilt ??= why;

    public void Add(in MethodsEntry entry)
    {
        if (entry.Id is not { Length: > 0 } id)
        {
            Spoil("an entry has no id");
            return;
        }

        switch (entry.Type)
        {
            case EntryType.Missing:
                Spoil("an entry has no @odata.type");
                break;
            case EntryType.Phone:
                AddPhone(entry, id);
                break;
            case EntryType.Email when entry.Email is not { Length: > 0 }:
                Spoil("an e-mail entry has no address");
                break;
            case EntryType.Email when _email is not null:
                Spoil("there are two e-mail entries");
                break;
            case EntryType.Email:
                Masked |= entry.Email.Contains("**", StringComparison.Ordinal) || entry.Email.Contains('•', StringComparison.Ordinal);
                _email = new CurrentEmail(id, entry.Email);
                break;
            case EntryType.Other:
                AddOther(new AuthenticationMethod(entry.Kind, id, entry.DisplayName, entry.Kind == MethodKind.Unknown ? entry.UnknownType : null));
                break;
        }
    }

    public CurrentMethods Finish()
    {
        _others?.Sort(ByKindThenId);
        return new CurrentMethods
        {
            Mobile = _mobile,
            AlternateMobile = _alternateMobile,
            Office = _office,
            SmsSignIn = _smsSignIn,
            Email = _email,
            Others = _others is null ? [] : [.. _others],
            Unread = Unread,
        };
    }

    private void AddPhone(in MethodsEntry entry, string id)
    {
        Masked |= entry.Masked;
        PhoneType? byId = PhoneSlotIds.Find(id);
        if ((entry.HasPhoneType ? entry.PhoneType : byId) is not { } type)
        {
            // A type that this version does not know is kept and shown; a phone without any type is not understood.
            if (entry.HasPhoneType) AddOther(new AuthenticationMethod(MethodKind.Unknown, id, null, "microsoft.graph.phoneAuthenticationMethod"));
            else Spoil("a phone entry has no phoneType");
            return;
        }

        if (byId is { } other && other != type) Spoil($"a phone entry calls itself {PhoneTypes.Name(type)} and has the id of {PhoneTypes.Name(other)}");
        if (entry.Slot.IsEmpty && !entry.Masked) Spoil("a phone entry has no number");
        ref CurrentSlot slot = ref _mobile;
        switch (type)
        {
            case PhoneType.Mobile:
                _smsSignIn = entry.SmsSignIn;
                break;
            case PhoneType.AlternateMobile:
                slot = ref _alternateMobile;
                break;
            case PhoneType.Office:
                slot = ref _office;
                break;
        }

        if (!slot.IsEmpty) Spoil($"there are two entries for {PhoneTypes.Name(type)}");
        slot = entry.Slot;
    }

    private void AddOther(AuthenticationMethod method)
    {
        _others ??= new List<AuthenticationMethod>(4);
        foreach (AuthenticationMethod known in _others)
        {
            // Reported twice (pages that overlap, hardware OATH in both versions) is reported once.
            if (known.Kind == method.Kind && known.Id.Equals(method.Id, StringComparison.OrdinalIgnoreCase)) return;
        }

        _others.Add(method);
    }
}
