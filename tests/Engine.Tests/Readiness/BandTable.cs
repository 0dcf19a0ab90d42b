using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Readiness;

/// <summary>
/// The bands once more, written as a table of signs and independent of the product's rules: which methods people have is read as names, and
/// the first row whose signs all match gives the band. y: holds, n: does not, a dot: either.
/// </summary>
internal sealed class BandTable
{
    // u unreadable, c certificates, x excluded, p a phone counts, m another method counts, v push or OATH, o on premises, d default is a phone,
    // s system-preferred, r loses reset, t SMS sign-in with a mobile, h has a phone
    private static readonly (string Signs, string Band)[] Rows =
    [
        //u c x p m v o d s r t h
        ("y...........", "?"),
        ("ny..........", "?"),
        ("nny.........", "X"),
        ("nnnyn.......", "B0"),
        ("nnn.yny.....", "B0v"),
        ("nnn....yn...", "B1"),
        ("nnn...yyy...", "B1"),
        ("nnn...n..y..", "B2"),
        ("nnn...y..y..", "B2"),
        ("nnn.......y.", "B3"),
        ("nnn.y......y", "B4"),
        ("nnn.y......n", "B5"),
        ("nnn.n.......", "N"),
    ];

    private readonly bool[] _used = new bool[Rows.Length];

    public IEnumerable<string> UnusedRows => Rows.Where((_, i) => !_used[i]).Select(row => row.Signs);

    public string Band(PersonFacts person, ResetSettings reset)
    {
        string signs = Signs(person, reset);
        for (int i = 0; i < Rows.Length; i++)
        {
            if (!Fits(Rows[i].Signs, signs)) continue;
            _used[i] = true;
            return Rows[i].Band;
        }

        throw new InvalidOperationException($"The table has no row for {signs}.");
    }

    private static bool Fits(string row, string signs)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] != '.' && row[i] != signs[i]) return false;
        }

        return true;
    }

    private static string Signs(PersonFacts person, ResetSettings reset)
    {
        HashSet<string> has = [.. (person.Methods ?? PersonMethods.None).ToString().Split(", ")];
        HashSet<string> scope = [.. (person.Scope ?? PhoneScope.None).ToString().Split(", ")];
        bool mobile = has.Contains("MobilePhone"), alternate = has.Contains("AlternateMobilePhone"), office = has.Contains("OfficePhone");
        bool texts = scope.Overlaps(["Sms", "Legacy"]), calls = scope.Overlaps(["Voice", "Legacy"]), desks = scope.Overlaps(["OfficeCalls", "Legacy"]);
        bool counts = (mobile && (texts || calls)) || (alternate && calls) || (office && desks);
        bool push = has.Overlaps(["AuthenticatorPush", "SoftwareOath"]);
        bool other = push || has.Overlaps(["Passkey", "WindowsHello", "External"]);
        bool phoneDefault = (person.Default.Is(PreferredMethod.Sms) && mobile) || (person.Default.Is(PreferredMethod.VoiceAlternateMobile) && alternate)
            || (person.Default.Is(PreferredMethod.VoiceOffice) && office);
        return string.Concat(new[]
        {
            person.Methods is null || person.Scope is null, person.CertificateInScope is null or true, person.Excluded, counts, other, push,
            person.OnPremisesMfa is true, phoneDefault, person.SystemPreferred is true, LosesReset(person, reset, has), person.SmsSignIn is true && mobile,
            mobile || alternate || office,
        }.Select(sign => sign ? 'y' : 'n'));
    }

    /// <summary>Reset is on, its methods do not suffice without phones for certain, and may suffice with them.</summary>
    private static bool LosesReset(PersonFacts person, ResetSettings reset, HashSet<string> has)
    {
        if (person.ResetEnabled is not true || (person.OnPremisesSynced && reset.Writeback is false)) return false;
        string[] allowed = reset.Allowed is { } set ? set.ToString().Split(", ") : ["MobilePhone", "OfficePhone", "Email", "AuthenticatorPush", "SoftwareOath"];
        int phones = allowed.Count(name => name.EndsWith("Phone", StringComparison.Ordinal) && has.Contains(name));
        int others = allowed.Count(name => !name.EndsWith("Phone", StringComparison.Ordinal) && has.Contains(name));
        int needed = reset.MethodsRequired ?? 1;
        return has.Overlaps(["MobilePhone", "OfficePhone"]) && others < needed && phones + others >= needed;
    }
}
