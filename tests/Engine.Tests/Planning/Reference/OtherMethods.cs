using System.Numerics;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

/// <summary>The other methods that the reference model plays with: one bit each.</summary>
internal static class OtherMethods
{
    public const int Authenticator = 1;
    public const int SecondAuthenticator = 2;
    public const int Fido2 = 4;
    public const int SoftwareOath = 8;
    public const int TemporaryPass = 16;
    public const int Count = 5;

    /// <summary>What each bit stands for, and which of the preferences push (1) and oath (2) it can serve.</summary>
    private static readonly (AuthenticationMethod Method, bool Usable, bool Push, bool Oath)[] Table =
    [
        (new(MethodKind.MicrosoftAuthenticator, "auth-1"), true, true, true),
        (new(MethodKind.MicrosoftAuthenticator, "auth-2"), true, true, true),
        (new(MethodKind.Fido2, "fido-1"), true, false, false),
        (new(MethodKind.SoftwareOath, "oath-1"), true, false, true),
        (new(MethodKind.TemporaryAccessPass, "pass-1"), false, false, false),
    ];

    public static readonly int Usables = MaskOf(row => row.Usable);

    private static readonly int Pushes = MaskOf(row => row.Push);

    private static readonly int Oaths = MaskOf(row => row.Oath);

    public static AuthenticationMethod Method(int index) => Table[index].Method;

    public static int UsableIn(int others) => BitOperations.PopCount((uint)(others & Usables));

    /// <summary>The bits of the methods that can serve a preference which is not a phone.</summary>
    public static int Serving(int preference) => preference switch { 1 => Pushes, 2 => Oaths, _ => 0 };

    /// <summary>All bits of the kind that this bit is of.</summary>
    public static int SameKind(int index) => MaskOf(row => row.Method.Kind == Table[index].Method.Kind);

    private static int MaskOf(Func<(AuthenticationMethod Method, bool Usable, bool Push, bool Oath), bool> holds)
    {
        int mask = 0;
        for (int index = 0; index < Table.Length; index++)
        {
            if (holds(Table[index])) mask |= 1 << index;
        }

        return mask;
    }
}
