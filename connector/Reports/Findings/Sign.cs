using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>The signs of text reports, in the order of their legend.</summary>
internal enum Sign
{
    Add,
    Update,
    Delete,
    Move,
    Set,
    Held,
    Unread,
    Invalid,
}

/// <summary>Which sign stands for what.</summary>
internal static class SignRules
{
    public static char Letter(this Sign sign) => sign switch
    {
        Sign.Add => '+',
        Sign.Update => '~',
        Sign.Delete => '-',
        Sign.Move => '»',
        Sign.Set => '*',
        Sign.Held => '!',
        Sign.Unread => '?',
        Sign.Invalid => 'x',
    };

    public static string Meaning(this Sign sign) => sign switch
    {
        Sign.Add => "add",
        Sign.Update => "change",
        Sign.Delete => "delete",
        Sign.Move => "move to another slot",
        Sign.Set => "setting",
        Sign.Held => "held",
        Sign.Unread => "not read or not found",
        Sign.Invalid => "invalid",
    };

    public static Sign From(OperationAction action) => action switch
    {
        OperationAction.Add => Sign.Add,
        OperationAction.Update => Sign.Update,
        OperationAction.Delete => Sign.Delete,
        OperationAction.Enable or OperationAction.Disable or OperationAction.Prefer or OperationAction.Reset => Sign.Set,
    };

    /// <summary>The sign in front of a user without operations; null where the operations have theirs.</summary>
    public static Sign? From(Situation situation) => situation switch
    {
        Situation.Held => Sign.Held,
        Situation.Invalid => Sign.Invalid,
        Situation.NotFound or Situation.NotRead => Sign.Unread,
        Situation.Equal or Situation.Changed => null,
    };

    /// <summary>All signs that a user's lines can show.</summary>
    public static IEnumerable<Sign> From(UserEntry user)
    {
        if (From(user.Situation) is { } sign) yield return sign;
        foreach (Change change in Change.From(user)) yield return change.Sign;
        if (!user.Held.IsEmpty) yield return Sign.Held;
    }
}
