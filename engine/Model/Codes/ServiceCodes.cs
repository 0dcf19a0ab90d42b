using System.Collections.Immutable;
using static ProvisioningConnector.Engine.Model.Codes.CodePlaces;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>Answers of Microsoft Graph and of the login, by what they mean (docs/graph.md).</summary>
public static class ServiceCodes
{
    public static ImmutableArray<KnownCode> All { get; } =
    [
        new("PP101", Service, "There was no connection to the service; nothing was sent."),
        new("PP102", Service, "The connection broke before an answer arrived."),
        new("PP103", Service, "The service did not answer within the request timeout."),
        new("PP104", Service, "No access token could be obtained: the credential was refused."),
        new("PP105", Service, "The service does not accept the access token."),
        new("PP106", Service, "The access token is for another tenant than the configured one."),
        new("PP107", Service, "The service sent a link to another host; it was not followed."),
        new("PP108", Service, "The answer could not be understood; something other than Microsoft Graph may have answered."),
        new("PP109", Service, "The service returned masked phone numbers."),
        new("PP110", Service, "A listing would never end."),
        new("PP111", Service, "The login could not be reached; nothing was sent to Microsoft Graph."),
        new("PP112", Service, "The source of access tokens is not available on this machine."),
        new("PP201", Service, "The app or person behind the credential may not do this, or not to this user."),
        new("PP202", Service, "The app or person behind the credential lacks a permission of the directory."),
        new("PP204", Service, "The tenant or the user lacks a licence."),
        new("PP205", Service, "The service does not offer this in a B2C tenant."),
        new("PP301", Service, "The method is the user's default, and others exist, so it cannot be deleted."),
        new("PP302", Service, "The mobile cannot be deleted while there is an alternate mobile."),
        new("PP303", Service, "An alternate mobile cannot be added without a mobile."),
        new("PP304", Service, "Another user already signs in by SMS with this number."),
        new("PP305", Service, "The user already has a method in this place."),
        new("PP306", Service, "The service does not accept the phone number."),
        new("PP307", Service, "The service does not accept the e-mail address."),
        new("PP308", Service, "The authentication methods policy does not allow this for the user."),
        new("PP309", Service, "The service does not change the type of a phone."),
        new("PP310", Service, "The service does not accept the password."),
        new("PP311", Service, "The user does not have the method that is to be preferred."),
        new("PP312", Service, "The service does not generate a password for this user; one must be given."),
        new("PP313", Service, "The service does not accept the lifetime or use of the temporary access pass."),
        new("PP314", Service, "The password reset was accepted and failed; the old password still holds."),
        new("PP315", Service, "The password reset was accepted, and how it ended is not known."),
        new("PP316", Service, "The user is a member of the group already."),
        new("PP317", Service, "The user, the group, or the membership is no longer there."),
        new("PP401", Service, "The tenant has no such user."),
        new("PP402", Service, "The method, or the user, is no longer there."),
        new("PP403", Service, "The service does not offer this."),
        new("PP404", Service, "The service does not have this address."),
        new("PP405", Service, "The service refused the request."),
        new("PP406", Service, "The service reports a conflict with the user's state."),
        new("PP407", Service, "The service does not accept a value."),
        new("PP408", Service, "This version does not offer this; nothing was sent."),
        new("PP499", Service, "The service refused for a reason that this version does not know."),
        new("PP501", Service, "The service had an internal failure."),
        new("PP502", Service, "The service timed out."),
        new("PP503", Service, "The service is throttling."),
    ];
}
