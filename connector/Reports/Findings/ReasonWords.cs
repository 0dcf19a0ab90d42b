using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>Reasons of operations in words.</summary>
public static class ReasonWords
{
    /// <summary>Of a code in a document; a code of another version stays as it is.</summary>
    public static string Words(string code)
    {
        foreach (Reason reason in Enum.GetValues<Reason>())
        {
            if (string.Equals(reason.Code(), code, StringComparison.Ordinal)) return reason.Words();
        }

        return code;
    }

    internal static string Words(this Reason reason) => reason switch
    {
        Reason.Missing => "the source has it and the tenant does not",
        Reason.Differs => "the source has another value",
        Reason.Unreadable => "the tenant holds a text that is not a phone number",
        Reason.NotWanted => "the source does not list it",
        Reason.MakesRoom => "makes room: a number may be in one slot only",
        Reason.SignInWanted => "the source sets SMS sign-in",
        Reason.FreesNumber => "frees the number for another user before this one takes theirs",
        Reason.SignInKept => "the user had SMS sign-in and keeps it",
        Reason.DefaultWouldBeDeleted => "the default method is about to be deleted",
        Reason.DefaultMayMove => "adding a first phone may move the default method",
        Reason.DefaultWanted => "the source names the default method",
        Reason.Requested => "someone asked for it",
    };
}
