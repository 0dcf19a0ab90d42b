using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>Answers recognised by generic code or by status: the end of the table.</summary>
internal static class ErrorRulesByStatus
{
    public static ErrorRule Throttled { get; } = new("PP503", ErrorKind.Throttled, "The service is throttling.",
        "No action is needed: the program waits and sends again.")
    { Statuses = [429] };

    public static ErrorRule Other { get; } = new("PP499", ErrorKind.Refused, "The service refused for a reason that this version does not know.",
        "Look up the request id with Microsoft support, or run plan again.");

    public static ImmutableArray<ErrorRule> Rules { get; } =
    [
        new("PP105", ErrorKind.Unauthenticated, "The service does not accept the access token.",
            "Check Credential, TenantId and Cloud of this tenant, and that the app's secret or certificate has not expired.") { Statuses = [401] },
        new("PP403", ErrorKind.Refused, "The service does not offer this.",
            "Check Cloud and Endpoint; the endpoint may not offer this part of Microsoft Graph.") { Statuses = [501] },
        new("PP501", ErrorKind.ServiceFailure, "The service had an internal failure.",
            "Run again later; if it persists, see the service health of the tenant.") { From = 500 },
        new("PP202", ErrorKind.Forbidden, "The app or person behind the credential lacks a permission of the directory.")
            { Codes = ["Authorization_RequestDenied"] },
        new("PP201", ErrorKind.Forbidden, "The app or person behind the credential may not do this, or not to this user.")
            { Codes = ["accessDenied", "Forbidden", "Authorization_IdentityNotFound", "notAllowed", "UnauthorizedAccess"],
                Fragments = ["Request Authorization failed", "Insufficient privileges", "does not have authorization"] },
        new("PP201", ErrorKind.Forbidden, "The app or person behind the credential may not do this, or not to this user.") { Statuses = [403] },
        new("PP402", ErrorKind.NotFound, "The method, or the user, is not there (any more).", "Run plan again: the tenant changed.")
        {
            Only = [Purpose.ChangeMethod, Purpose.DeleteMethod],
            Codes = ["resourceNotFound", "Request_ResourceNotFound", "itemNotFound", "notFound", "methodNotFound", "authenticationMethodNotFound"],
        },
        new("PP402", ErrorKind.NotFound, "The method, or the user, is not there (any more).", "Run plan again: the tenant changed.")
            { Only = [Purpose.ChangeMethod, Purpose.DeleteMethod], Statuses = [404, 410] },
        new("PP317", ErrorKind.NotFound, "The user, the group, or the membership is not there (any more).",
            "Plan again: the tenant changed. Check Migration:InviteGroup too.")
        {
            Only = [Purpose.AddMember, Purpose.RemoveMember],
            Codes = ["resourceNotFound", "Request_ResourceNotFound", "itemNotFound", "notFound", "Directory_ObjectNotFound"],
        },
        new("PP317", ErrorKind.NotFound, "The user, the group, or the membership is not there (any more).",
            "Plan again: the tenant changed. Check Migration:InviteGroup too.")
            { Only = [Purpose.AddMember, Purpose.RemoveMember], Statuses = [404, 410] },
        new("PP401", ErrorKind.NotFound, "The tenant has no such user.", "Check the user in the source; a user made minutes ago may not be visible yet.")
            { Codes = ["resourceNotFound", "Request_ResourceNotFound", "itemNotFound", "notFound",
                "userNotFound", "ErrorItemNotFound", "Directory_ObjectNotFound"] },
        new("PP401", ErrorKind.NotFound, "The tenant has no such user.",
            "Check the user in the source; a user made minutes ago may not be visible yet.") { Statuses = [404, 410] },
        new("PP403", ErrorKind.Refused, "The service does not allow this kind of request here.",
            "Check Cloud and Endpoint; the endpoint may not offer this part of Microsoft Graph.") { Statuses = [405] },
        new("PP502", ErrorKind.TimedOut, "The service timed out.", "Run again later.") { Statuses = [408] },
        new("PP305", ErrorKind.AlreadyExists, "The user already has a method in this place.",
            "No action is needed: the user is read again. If it persists, run plan again.")
            { Only = [Purpose.AddMethod], Statuses = [409] },
        new("PP406", ErrorKind.Refused, "The service reports a conflict with the user's present state.",
            "Run plan again: the tenant changed.") { Statuses = [409, 412] },
        new("PP407", ErrorKind.InvalidValue, "The service does not accept a value.", "Check the user's row in the source.") { Statuses = [422] },
        new("PP405", ErrorKind.Refused, "The service refused the request.",
            "Check the user's row in the source and the user in the Entra admin center.") { Statuses = [400] },
    ];
}
