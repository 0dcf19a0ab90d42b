namespace ProvisioningConnector.Engine.Planning;

/// <summary>Why an operation is in a plan. Reasons explain; they never decide.</summary>
public enum Reason : byte
{
    /// <summary>The source names a value and the tenant has none.</summary>
    Missing,

    /// <summary>The tenant holds another value than the source names.</summary>
    Differs,

    /// <summary>The tenant holds a text that is not a phone number; the source names one or wants none.</summary>
    Unreadable,

    /// <summary>The source wants the value or method gone, or lists what is wanted and this is not in it.</summary>
    NotWanted,

    /// <summary>Removed, or kept in another slot for a moment, only to make room: the number moves
    /// between slots and may not stand in two at once (<c>SameNumberInTwoSlots: Avoid</c>).</summary>
    MakesRoom,

    /// <summary>The source wants SMS sign-in as this operation sets it.</summary>
    SignInWanted,

    /// <summary>SMS sign-in is switched off for a moment, so that another user can take the number before this one takes theirs.</summary>
    FreesNumber,

    /// <summary>The user had SMS sign-in and keeps it, though numbers move between users.</summary>
    SignInKept,

    /// <summary>The user's default is about to be deleted, so another becomes the default first (<c>DefaultMethod: Switch</c>).</summary>
    DefaultWouldBeDeleted,

    /// <summary>Adding a first phone may move the default; it is set back if it did (<c>KeepDefault</c>).</summary>
    DefaultMayMove,

    /// <summary>The source names the default method.</summary>
    DefaultWanted,

    /// <summary>Someone asked for a new password, or a pass.</summary>
    Requested,
}

/// <summary>Machine codes of reasons.</summary>
public static class Reasons
{
    public static string Code(this Reason reason) => reason switch
    {
        Reason.Missing => "missing",
        Reason.Differs => "differs",
        Reason.Unreadable => "unreadable",
        Reason.NotWanted => "notWanted",
        Reason.MakesRoom => "makesRoom",
        Reason.SignInWanted => "signInWanted",
        Reason.FreesNumber => "freesNumber",
        Reason.SignInKept => "signInKept",
        Reason.DefaultWouldBeDeleted => "defaultWouldBeDeleted",
        Reason.DefaultMayMove => "defaultMayMove",
        Reason.DefaultWanted => "defaultWanted",
        Reason.Requested => "requested",
    };
}
