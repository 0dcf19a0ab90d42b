namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

/// <summary>
/// A user's methods as the reference model sees them: small integers and bits, nothing of the planner.
/// A slot is 0 (empty), 1 to 6 (a number, up to renaming) or 7 (a text that is no number and equals nothing).
/// <paramref name="Others"/> is a set of bits into <see cref="OtherMethods"/>; <paramref name="Default"/> is 0 (not looked at) or 1 to 6, strongest first.
/// </summary>
internal readonly record struct World(int Mobile, int Alternate, int Office, int Others = 0, int Default = 0)
{
    public const int Unreadable = 7;

    public const int Numbers = 6;

    public int this[int slot] => slot switch { 0 => Mobile, 1 => Alternate, 2 => Office, _ => throw new ArgumentOutOfRangeException(nameof(slot)) };

    public int Phones => (Mobile > 0 ? 1 : 0) + (Alternate > 0 ? 1 : 0) + (Office > 0 ? 1 : 0);

    public int Usable => Phones + OtherMethods.UsableIn(Others);

    public bool IsLegal => Alternate == 0 || Mobile > 0;

    /// <summary>One readable number in two slots.</summary>
    public bool HasDouble => Twice(Mobile, Alternate) || Twice(Mobile, Office) || Twice(Alternate, Office);

    public bool SamePlaces(World other) => Mobile == other.Mobile && Alternate == other.Alternate && Office == other.Office && Others == other.Others;

    /// <summary>In how many slots and other methods two worlds differ.</summary>
    public int PlacesUnlike(World other) =>
        (Mobile == other.Mobile ? 0 : 1) + (Alternate == other.Alternate ? 0 : 1) + (Office == other.Office ? 0 : 1)
        + System.Numerics.BitOperations.PopCount((uint)(Others ^ other.Others));

    /// <summary>The slots alone.</summary>
    public World WithoutRest => this with { Others = 0, Default = 0 };

    public World WithSlot(int slot, int value) => slot switch
    {
        0 => this with { Mobile = value },
        1 => this with { Alternate = value },
        2 => this with { Office = value },
        _ => throw new ArgumentOutOfRangeException(nameof(slot)),
    };

    /// <summary>A dense index, for tables of visited states.</summary>
    public int Index => Mobile | (Alternate << 3) | (Office << 6) | (Others << 9) | (Default << 14);

    public const int Indices = 1 << 17;

    public override string ToString() => $"({Mobile}, {Alternate}, {Office}; others {Others}, default {Default})";

    private static bool Twice(int left, int right) => left == right && left is > 0 and < Unreadable;
}
