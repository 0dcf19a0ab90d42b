namespace ProvisioningConnector.Engine.Planning;

/// <summary>How a row stands (docs/design.md#situations). A closed list; every row has exactly one.</summary>
public enum Situation : byte
{
    /// <summary>Nothing to do and nothing held.</summary>
    Equal,

    /// <summary>At least one operation.</summary>
    Changed,

    /// <summary>No operation, but something is held.</summary>
    Held,

    /// <summary>The row, or the goal it describes, is impossible; nothing is written for the user.</summary>
    Invalid,

    /// <summary>The tenant knows no such user.</summary>
    NotFound,

    /// <summary>The user's methods could not be read completely; no plan is made on a guess.</summary>
    NotRead,
}

/// <summary>Names of situations in documents.</summary>
public static class Situations
{
    public static string Name(this Situation situation) => situation switch
    {
        Situation.Equal => "equal",
        Situation.Changed => "changed",
        Situation.Held => "held",
        Situation.Invalid => "invalid",
        Situation.NotFound => "notFound",
        Situation.NotRead => "notRead",
    };
}
