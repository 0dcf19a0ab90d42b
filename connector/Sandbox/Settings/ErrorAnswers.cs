namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>A refusal as it is answered. <c>{0}</c> in the message stands for the id or name concerned.</summary>
public sealed record ErrorAnswer(int Status, string Code, string Message);

/// <summary>
/// The refusals whose wording docs/graph.md#error-catalogue does not know for certain. A client may rely on the status class and on reading again;
/// the fragments that were seen in the wild (default method, alternate mobile, SMS policy) are the defaults.
/// </summary>
public sealed record ErrorAnswers
{
    public ErrorAnswer BadNumber { get; init; } = new(400, "badRequest", "The phone number provided is not in a valid format.");
    public ErrorAnswer OccupiedType { get; init; } = new(400, "badRequest", "A phone method of type {0} already exists for this user.");
    public ErrorAnswer AlternateWithoutMobile { get; init; } = new(400, "badRequest", "An alternate mobile number cannot be added without a mobile number.");
    public ErrorAnswer MobileUnderAlternate { get; init; } = new(400, "badRequest",
        "Mobile number cannot be deleted without first deleting alternate mobile number.");
    public ErrorAnswer DefaultMethod { get; init; } = new(400, "badRequest",
        "The requested authentication method id of [{0}] matches the user's current default authentication method, "
        + "and cannot be deleted until the default authentication method is changed");
    public ErrorAnswer MissingUser { get; init; } = new(404, "resourceNotFound", "The user '{0}' could not be found.");
    public ErrorAnswer MissingMethod { get; init; } = new(404, "resourceNotFound", "The authentication method '{0}' was not found for the user.");
    public ErrorAnswer OtherType { get; init; } = new(400, "badRequest", "The phone type cannot be changed.");
    public ErrorAnswer SameNumber { get; init; } = new(400, "badRequest", "The phone number is already registered for this user.");
    public ErrorAnswer InvalidEmail { get; init; } = new(400, "badRequest", "The email address provided is not valid.");
    public ErrorAnswer SecondEmail { get; init; } = new(400, "badRequest", "An email method already exists for this user.");
    public ErrorAnswer PhonePolicyOff { get; init; } = new(400, "badRequest", "The phone authentication method is not allowed for this user by policy.");
    public ErrorAnswer SmsDisabledByPolicy { get; init; } = new(400, "disabledByPolicy",
        "Can not enable Sms sign in on phone auth method as the credential policy is not enabled on user.");
    public ErrorAnswer SmsNotUnique { get; init; } = new(409, "phoneNumberNotUnique", "The phone number is already used for sign in by another user.");
    public ErrorAnswer SmsWrongType { get; init; } = new(400, "badRequest", "Sms sign in is supported for mobile numbers only.");
    public ErrorAnswer MissingPreference { get; init; } = new(400, "badRequest", "The user has not registered the method '{0}'.");
    public ErrorAnswer NoRoute { get; init; } = new(404, "UnknownError",
        "No HTTP resource was found that matches the request URI 'https://sandbox-internal/odata/{0}'.");
    public ErrorAnswer WrongVerb { get; init; } = new(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
    public ErrorAnswer Forbidden { get; init; } = new(403, "accessDenied", "Request Authorization failed");
    public ErrorAnswer DirectoryForbidden { get; init; } = new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
}
