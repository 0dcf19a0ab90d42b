using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>What a user can sign in with, as far as it was read (docs/design.md#usable-methods).</summary>
internal enum MethodStrength
{
    /// <summary>No usable method.</summary>
    None,

    /// <summary>Phones, and nothing else.</summary>
    PhoneOnly,

    /// <summary>At least one usable method that is not a phone: Authenticator, FIDO2, OATH, Windows Hello.</summary>
    Strong,
}

/// <summary>How many users have which methods before and after. Users whose methods were not read are in neither.</summary>
internal sealed class StrengthCounter
{
    private readonly long[] _before = new long[Enum.GetValues<MethodStrength>().Length];
    private readonly long[] _after = new long[Enum.GetValues<MethodStrength>().Length];

    public void Add(UserEntry user)
    {
        if (user is not { MethodsBefore: { } before, PhonesAfter: { } planned }) return;
        int phones = planned + user.Operations.Sum(static o => -Effect(o));
        _before[(int)From(before, phones)]++;
        int after = Judgement.Final(user) ?? before;
        int left = phones + user.Operations.Where(operation => Judgement.IsCarriedOut(user, operation)).Sum(Effect);
        _after[(int)From(after, left)]++;
    }

    public (IReadOnlyList<long> Before, IReadOnlyList<long> After) Result => (_before, _after);

    private static MethodStrength From(int usable, int phones) =>
        usable <= 0 ? MethodStrength.None : usable <= phones ? MethodStrength.PhoneOnly : MethodStrength.Strong;

    private static int Effect(OperationEntry operation) => operation is not { Method: OperationEntry.Phone } ? 0 : operation.Action switch
    {
        OperationAction.Add => 1,
        OperationAction.Delete => -1,
        OperationAction.Update or OperationAction.Enable or OperationAction.Disable or OperationAction.Prefer or OperationAction.Reset => 0,
    };
}
