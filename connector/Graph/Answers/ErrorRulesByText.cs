using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>Answers recognised by code or message, whatever their status. Order matters: the narrower row stands first.</summary>
internal static class ErrorRulesByText
{
    public static ImmutableArray<ErrorRule> Rules { get; } =
    [
        new("PP301", ErrorKind.DefaultMethod, "The method is the user's default and the service does not delete a default while other methods exist.",
            "Set Policy:DefaultMethod to Switch so that the default is moved first, or let the user choose another default.")
        {
            Fragments = ["current default authentication method", "default authentication method is changed",
                "delete default method", "default method with other methods", "change default method before"],
        },
        new("PP302", ErrorKind.AlternateMobileFirst, "The mobile number cannot be deleted while the user has an alternate mobile number.",
            "Remove alternateMobile too, or give mobile the number that is to stay.")
        {
            Fragments = ["first deleting alternate mobile", "first deleting alternatemobile", "delet*alternate mobile*first", "while*alternate mobile*exist"],
        },
        new("PP303", ErrorKind.MobileFirst, "An alternate mobile number cannot be added while the user has no mobile number.",
            "Give the user a mobile number in the source, or set Policy:AlternateOnly to Promote.")
        {
            Only = [Purpose.AddMethod],
            Fragments =
            [
                "alternate*without*mobile", "alternate*before*mobile", "alternate*require*mobile", "alternate*mobile*must*exist",
                "alternate*must*mobile*first", "mobile*must*before*alternate", "mobile*required*alternate", "mobile*needed*alternate",
                "mobile*not*registered*alternate", "no mobile*alternate", "add*mobile*first",
            ],
        },
        new("PP304", ErrorKind.NumberNotUnique, "Another user already signs in with this number by SMS; the number itself is usually saved all the same.",
            "Nothing when the number is for MFA only. For SMS sign-in a number must be unique in the tenant.")
        {
            Codes = ["phoneNumberNotUnique"],
            Fragments = ["phoneNumberNotUnique", "phone number*not unique", "phone number*must be unique",
                "phone number*already*sign-in", "number*used by another user"],
        },
        new("PP308", ErrorKind.DisabledByPolicy, "The tenant's authentication methods policy does not allow this for the user.",
            "Enable the method (for SMS sign-in: 'Use for sign-in') for a group that holds the user: Entra admin center, Authentication methods, Policies.")
        {
            Codes = ["disabledByPolicy", "notAllowedByPolicy", "blockedByPolicy"],
            Fragments = ["credential policy is not enabled on user", "disabledByPolicy", "disabled by policy",
                "not allowed by policy", "notAllowedByPolicy", "not enabled by policy", "policy does not allow", "blocked by policy"],
        },
        new("PP310", ErrorKind.InvalidValue, "The service does not accept the password.",
            "Give another one: longer, with letters, digits and signs, and no word that is often used; "
            + "for a user of an on-premises directory its rules hold too.")
        {
            Only = [Purpose.ResetPassword, Purpose.SetPassword],
            Fragments = ["password*complex", "password*policy", "password*banned", "banned*password",
                "password*requirement", "password*too", "password*weak", "password*comply", "password*history"],
        },
        new("PP312", ErrorKind.InvalidValue, "The service does not generate a password for this user; give one.",
            "Give one (--password-file FILE, or type it when asked). A user whose password comes from an on-premises directory needs that.")
        {
            Only = [Purpose.ResetPassword],
            Fragments = ["new password must be given", "newPassword*required", "password*must be*provided", "password*required", "hybrid"],
        },
        new("PP313", ErrorKind.InvalidValue, "The service does not accept the lifetime or the use of the temporary access pass.",
            "Keep to what the tenant's policy on temporary access passes allows: see Authentication methods, Policies in the Entra admin center.")
        {
            Only = [Purpose.IssuePass], Fragments = ["lifetime", "isUsableOnce", "one-time", "one time", "startDateTime"],
        },
        new("PP204", ErrorKind.Licence, "The tenant or the user lacks a licence for this.",
            "Check that Microsoft Entra ID P1 or P2 is assigned.")
        {
            Codes = ["Authentication_RequestFromNonPremiumTenantOrB2CTenant", "licenseRequired", "missingLicense", "AadPremiumLicenseRequired"],
            Fragments = ["premium license", "license", "licence"],
        },
        new("PP205", ErrorKind.B2C, "The service does not offer this in a B2C tenant.",
            "Authentication phone methods can be managed in workforce tenants only.")
        {
            Fragments = ["B2C tenant", "Azure AD B2C", "AADB2C", "B2C"],
        },
        new("PP309", ErrorKind.InvalidValue, "The service does not change the type of a phone.",
            "This is a fault of this program: types are moved by adding and deleting. Please report it.")
        {
            Only = [Purpose.ChangeMethod],
            Fragments = ["phone type*cannot be", "phoneType*cannot be", "phone type*chang", "phoneType*chang",
                "change*phone type", "change*phoneType", "phoneType*not match"],
        },
        new("PP306", ErrorKind.InvalidValue, "The service does not accept the telephone number.",
            "Check the number in the source: country code, digits, and an extension on office only.")
        {
            Codes = ["invalidPhoneNumber", "phoneNumberInvalid"],
            Fragments =
            [
                "invalid phone number", "invalid phonenumber", "phone number*invalid", "phoneNumber*invalid", "phone number*not valid", "phoneNumber*not valid",
                "not a valid phone", "phone number*format", "phoneNumber*format", "phone number*not supported",
                "phone number*malformed", "phone number*extension", "extension*not*phone",
            ],
        },
        new("PP307", ErrorKind.InvalidValue, "The service does not accept the e-mail address.", "Check the address in the source.")
        {
            Codes = ["invalidEmailAddress"],
            Fragments = ["invalid email", "invalid e-mail", "email*invalid", "email*not valid", "email*not a valid", "e-mail*not valid", "email*format"],
        },
        new("PP316", ErrorKind.AlreadyExists, "The user is a member of the group already.", "No action is needed: the user is read again.")
        {
            Only = [Purpose.AddMember], Fragments = ["already exist"],
        },
        new("PP305", ErrorKind.AlreadyExists, "The user already has a method in this place.",
            "No action is needed: the user is read again. If it persists, run plan again.")
        {
            Codes = ["Request_MultipleObjectsWithSameKeyValue", "alreadyExists", "nameAlreadyExists",
                "resourceAlreadyExists", "phoneMethodAlreadyExists", "ObjectConflict"],
            Fragments = ["already exist", "already has", "already registered", "already present", "already configured", "conflicting object with one or more"],
        },
        new("PP311", ErrorKind.InvalidValue, "The preferred method cannot be set because the user does not have that method.",
            "Run plan again: the user's methods changed.")
        {
            Only = [Purpose.SwitchDefault],
            Fragments = ["not registered", "does not have", "not have*method", "not available"],
        },
        new("PP404", ErrorKind.Refused, "The service does not have this address.",
            "Check Cloud and Endpoint; the endpoint may not offer this part of Microsoft Graph.")
        {
            Codes = ["BadRequest_SegmentNotFound"],
            Fragments = ["No HTTP resource was found", "Resource not found for the segment"],
        },
        new("PP105", ErrorKind.Unauthenticated, "The service does not accept the access token.",
            "Check Credential, TenantId and Cloud of this tenant, and that the app's secret or certificate has not expired.")
        {
            Statuses = [400, 401, 403],
            Codes = ["InvalidAuthenticationToken", "AuthenticationError", "unauthenticated", "Authentication_ExpiredToken",
                "Authentication_MissingOrMalformed"],
        },
    ];
}
