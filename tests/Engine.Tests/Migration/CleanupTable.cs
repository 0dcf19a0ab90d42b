using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Migration;

/// <summary>
/// The rules of cleanup once more, written as a table of signs and independent of the product's rules: the first row whose signs all match says which
/// phones may go (m mobile, a alternate mobile, o office). y: holds, n: does not, q: not known, a dot: any of them.
/// </summary>
internal sealed class CleanupTable
{
    // u methods read, x left aside, e enabled, s ever signed in, d date reached, p a provider serves, r pass or password within 24 h, c a method in use,
    // b one in use that is not bound to a device, w one of those is a week old, v push or OATH in use, l on premises, t SMS sign-in, z reset works without
    private static readonly (string Signs, string Phones)[] Rows =
    [
        //u x e s d p r c b w v l t z
        ("n.............", ""),
        (".y............", ""),
        ("..n...........", ""),
        ("..q...........", ""),
        ("...n..........", ""),
        ("...q..........", ""),
        ("....n.........", ""),
        ("....q.........", ""),
        (".....y........", ""),
        (".....q........", ""),
        ("......y.......", ""),
        ("......q.......", ""),
        (".......n......", ""),
        ("........n.....", ""),
        (".........n....", ""),
        ("..........ny..", ""),
        ("..........nq..", ""),
        ("ynyyynnyyy..ny", "mao"),
        ("ynyyynnyyy..yy", "ao"),
        ("ynyyynnyyy..qy", "ao"),
        ("ynyyynnyyy...n", "a"),
        ("ynyyynnyyy...q", "a"),
    ];

    private readonly bool[] _used = new bool[Rows.Length];

    public IEnumerable<string> UnusedRows => Rows.Where((_, i) => !_used[i]).Select(row => row.Signs);

    public string Phones(MigratingPerson person, DateTimeOffset at)
    {
        string signs = Signs(person, at);
        for (int i = 0; i < Rows.Length; i++)
        {
            if (!signs.Zip(Rows[i].Signs).All(pair => pair.Second == '.' || pair.First == pair.Second)) continue;
            _used[i] = true;
            return Rows[i].Phones;
        }

        throw new InvalidOperationException($"The table has no row for {signs}.");
    }

    public static string Text(CleanupVerdict verdict) => string.Concat(verdict.MayGo.Select(phone => phone switch
    {
        PhoneType.Mobile => 'm',
        PhoneType.AlternateMobile => 'a',
        PhoneType.Office => 'o',
    }));

    private static string Signs(MigratingPerson person, DateTimeOffset at)
    {
        MethodUse[] all = [.. person.Registered ?? []];
        MethodUse[] live = [.. all.Where(m => m.LastUsedAt is { } used && (at - used).TotalDays <= 30 && IsNamed(m,
            "AuthenticatorPush", "SoftwareOath", "Passkey", "WindowsHello", "PlatformCredential", "External"))];
        MethodUse[] carried = [.. live.Where(m => !IsNamed(m, "WindowsHello", "PlatformCredential"))];
        PersonFacts facts = person.Facts;
        return string.Concat(
            YesNo(person.Registered is not null), YesNo(facts.Excluded || facts.OnLeave), YesNo(facts.Enabled),
            facts.LastSignInRead ? YesNo(facts.LastSignIn is not null) : "q", Date(facts, at),
            YesNo(facts.Provider is { } provider ? provider != 0 : null), Rest(person, all, at),
            YesNo(live.Length > 0), YesNo(carried.Length > 0), YesNo(carried.Any(m => m.CreatedAt is { } made && (at - made).TotalDays >= 7)),
            YesNo(live.Any(m => IsNamed(m, "AuthenticatorPush", "SoftwareOath"))), YesNo(facts.OnPremisesMfa), YesNo(facts.SmsSignIn), Reset(facts, all));
    }

    private static string Date(PersonFacts facts, DateTimeOffset at)
    {
        if (facts.Privilege == Privilege.Unknown) return "q";
        bool july = facts.Privilege == Privilege.GlobalAdministrator || facts.Kind is AccountKind.ExternalGuest or AccountKind.ExternalMember
            || !facts.KindIsCertain;
        return YesNo(at >= new DateTimeOffset(2027, july ? 7 : 2, 15, 0, 0, 0, TimeSpan.Zero));
    }

    private static string Rest(MigratingPerson person, MethodUse[] all, DateTimeOffset at)
    {
        if (person.PasswordSetAt is not { } set) return "q";
        return YesNo((at - set).TotalHours < 24
            || all.Any(m => IsNamed(m, "TemporaryAccessPass") && (m.CreatedAt is not { } made || (at - made).TotalHours < 24)));
    }

    /// <summary>Of the tenant of these tests: one of e-mail, Authenticator and the phones resets a password.</summary>
    private static string Reset(PersonFacts facts, MethodUse[] all) => facts.ResetEnabled switch
    {
        false => "y",
        null => all.Any(m => IsNamed(m, "Email", "AuthenticatorPush")) ? "q" : "n",
        true => YesNo(all.Any(m => IsNamed(m, "Email", "AuthenticatorPush"))),
    };

    private static bool IsNamed(MethodUse method, params string[] names) => names.Contains(method.Kind.ToString());

    private static string YesNo(bool? holds) => holds switch { true => "y", false => "n", null => "q" };
}
