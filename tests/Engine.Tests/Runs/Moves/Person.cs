using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Records;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Runs.Moves;

/// <summary>What a person has and what the source says of them; numbers are 0, 1, 2, …</summary>
/// <param name="Number">The mobile now; null: none.</param>
/// <param name="State">Of SMS sign-in.</param>
/// <param name="Goal">The mobile in the source.</param>
/// <param name="SignIn"><c>smsSignIn</c> in the source.</param>
internal sealed record Person(int? Number, SmsSignInState State, Goal Goal, bool? SignIn = null)
{
    /// <summary>Everybody has this method beside the mobile, so that no policy about the last method is in the way.</summary>
    private static readonly AuthenticationMethod Other = new(MethodKind.Fido2, "key");

    public static Person Signing(int number, int goal) => new(number, SmsSignInState.Ready, new Goal(goal));

    public bool SignsIn => Number is not null && State == SmsSignInState.Ready;

    /// <summary>The mobile that the source leads to.</summary>
    public int? Final => Goal.IsManaged ? Goal.Number : Number;

    /// <summary>Had SMS sign-in and is to keep it.</summary>
    public bool Keeps => SignsIn && SignIn != false && Final is not null;

    public bool IsPossible => SignIn != true || Final is not null;

    public CurrentMethods Current => CurrentMethods.Nothing with { Mobile = Slot(Number), SmsSignIn = State, Others = [Other] };

    public SourceRow Row(int at) => Planned.Row(at, $"u{at}@contoso.com", new DesiredMethods
    {
        // Something is managed of everybody, so that everybody is read.
        Mobile = Goal.Desired, SmsSignIn = SignIn, Office = Managed.None<PhoneNumber>(),
    });

    public override string ToString() => $"{Number?.ToString() ?? "-"}{State}→{Goal}{SignIn switch { true => "+", false => "-", null => "" }}";

    /// <summary>All people over so many numbers.</summary>
    public static ImmutableArray<Person> All(int numbers, SmsSignInState[] states, bool?[] signIns)
    {
        List<(int? Number, SmsSignInState State)> has = [(null, SmsSignInState.NotEnabled)];
        for (int n = 0; n < numbers; n++) has.AddRange(states.Select(s => ((int?)n, s)));
        Goal[] goals = [default, new Goal(null), .. Enumerable.Range(0, numbers).Select(n => new Goal(n))];
        return [.. from h in has from g in goals from s in signIns
            where g.IsManaged || s != true
            select new Person(h.Number, h.State, g, s)];
    }

    /// <summary>All groups of so many in every order, up to renaming of numbers, in which no two sign in with one number.</summary>
    public static IEnumerable<Person[]> Groups(ImmutableArray<Person> all, int size) => Choose(all, size)
        .Where(group => IsFirstOfItsKind(group) && group.Where(p => p.SignsIn).GroupBy(p => p.Number).All(same => same.Count() == 1));

    private static IEnumerable<Person[]> Choose(ImmutableArray<Person> all, int size)
    {
        if (size == 0) return [[]];
        return from first in Choose(all, size - 1) from last in all select (Person[])[.. first, last];
    }

    /// <summary>Numbers are used in their order.</summary>
    private static bool IsFirstOfItsKind(Person[] group)
    {
        int used = -1;
        foreach (int number in group.SelectMany(p => (int?[])[p.Number, p.Goal.Number]).OfType<int>())
        {
            if (number > used + 1) return false;
            used = Math.Max(used, number);
        }

        return true;
    }
}

/// <summary>The mobile in the source; the default is unmanaged, no number is <c>none</c>.</summary>
internal readonly record struct Goal
{
    public Goal(int? number) => (IsManaged, Number) = (true, number);

    public bool IsManaged { get; }

    public int? Number { get; }

    public Managed<PhoneNumber> Desired => !IsManaged ? default : Number is { } number ? Managed.Value(Phone(number)) : Managed.None<PhoneNumber>();

    public override string ToString() => !IsManaged ? "?" : Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none";
}
