using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>Reasons of operations in words.</summary>
internal static class ReasonWords
{
    public static string Words(this Reason reason) => reason switch
    {
        Reason.Missing => "the source names it and the tenant has none",
        Reason.Differs => "the source names another value",
        Reason.Unreadable => "the tenant holds a text that is not a phone number",
        Reason.NotWanted => "the source does not want it",
        Reason.MakesRoom => "makes room: one number may not stand in two slots",
        Reason.SignInWanted => "the source wants SMS sign-in so",
        Reason.FreesNumber => "frees the number for another user before this one takes theirs",
        Reason.SignInKept => "the user had SMS sign-in and keeps it",
        Reason.DefaultWouldBeDeleted => "the default method is about to be deleted",
        Reason.DefaultMayMove => "adding a first phone may move the default method",
        Reason.DefaultWanted => "the source names the default method",
        Reason.Requested => "someone asked for it",
    };
}
