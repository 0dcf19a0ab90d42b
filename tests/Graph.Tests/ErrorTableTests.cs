using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Tests;

public class ErrorTableTests
{
    [TestCase("badRequest",
        "The requested authentication method id of [3179e48a-750b-4051-897c-87b9720928f7] matches the user's current default authentication method, "
        + "and cannot be deleted until the default authentication method is changed", "PP301", ErrorKind.DefaultMethod)]
    [TestCase("badRequest", "Cannot delete default method with other methods configured. Please change default method before deletion.",
        "PP301", ErrorKind.DefaultMethod)]
    [TestCase("badRequest", "Mobile phone cannot be deleted without first deleting alternate mobile number", "PP302", ErrorKind.AlternateMobileFirst)]
    [TestCase("phoneNumberNotUnique", "", "PP304", ErrorKind.NumberNotUnique)]
    [TestCase("badRequest", "Can not enable Sms sign in on phone auth method as the credential policy is not enabled on user.",
        "PP308", ErrorKind.DisabledByPolicy)]
    [TestCase("disabledByPolicy", "anything", "PP308", ErrorKind.DisabledByPolicy)]
    [TestCase("Authentication_RequestFromNonPremiumTenantOrB2CTenant", "Neither tenant is B2C or tenant doesn't have premium license",
        "PP204", ErrorKind.Licence)]
    [TestCase("badRequest", "This operation is not supported in a B2C tenant.", "PP205", ErrorKind.B2C)]
    [TestCase("badRequest", "The phone number provided is not in a valid format.", "PP306", ErrorKind.InvalidValue)]
    [TestCase("badRequest", "Invalid phone number.", "PP306", ErrorKind.InvalidValue)]
    [TestCase("badRequest", "The email address provided is not valid.", "PP307", ErrorKind.InvalidValue)]
    [TestCase("badRequest", "A phone method of type mobile already exists for this user.", "PP305", ErrorKind.AlreadyExists)]
    [TestCase("UnknownError", "No HTTP resource was found that matches the request URI 'https://mfa-internal/odata/x'.", "PP404", ErrorKind.Refused)]
    public void What_the_text_says_wins_whatever_the_status_is(string code, string message, string ours, ErrorKind kind)
    {
        string body = StubGraphText(code, message);
        foreach (int status in new[] { 400, 403, 404, 409, 412, 422, 500 })
        {
            foreach (Purpose purpose in new[] { Purpose.AddMethod, Purpose.ChangeMethod, Purpose.DeleteMethod })
            {
                ServiceError error = Classify(status, body, purpose);
                Assert.That((error.Code, error.Kind, error.Status), Is.EqualTo((ours, kind, status)), $"{status} {purpose}");
            }
        }
    }

    [TestCase("An alternate mobile number cannot be added without a mobile number.")]
    [TestCase("alternateMobile requires that a mobile phone exists first")]
    [TestCase("A mobile phone must be registered before an alternate mobile phone.")]
    public void Alternate_mobile_without_mobile_is_recognised(string message)
    {
        ServiceError error = Classify(400, StubGraphText("badRequest", message), Purpose.AddMethod);

        Assert.That((error.Code, error.Kind), Is.EqualTo(("PP303", ErrorKind.MobileFirst)));
    }

    [TestCase(Purpose.ChangeMethod, "The phone type cannot be changed.", "PP309")]
    [TestCase(Purpose.SwitchDefault, "The user is not registered for this method.", "PP311")]
    [TestCase(Purpose.IssuePass, "The lifetimeInMinutes is not valid for the policy.", "PP313")]
    public void Some_texts_mean_something_for_one_purpose_only(object purpose, string message, string code) =>
        Assert.That(Classify(400, StubGraphText("badRequest", message), (Purpose)purpose).Code, Is.EqualTo(code));

    [TestCase(400, Purpose.AddMethod, "PP405", ErrorKind.Refused)]
    [TestCase(401, Purpose.AddMethod, "PP105", ErrorKind.Unauthenticated)]
    [TestCase(403, Purpose.AddMethod, "PP201", ErrorKind.Forbidden)]
    [TestCase(404, Purpose.ReadMethods, "PP401", ErrorKind.NotFound)]
    [TestCase(404, Purpose.DeleteMethod, "PP402", ErrorKind.NotFound)]
    [TestCase(405, Purpose.AddMethod, "PP403", ErrorKind.Refused)]
    [TestCase(408, Purpose.AddMethod, "PP502", ErrorKind.TimedOut)]
    [TestCase(409, Purpose.AddMethod, "PP305", ErrorKind.AlreadyExists)]
    [TestCase(409, Purpose.ChangeMethod, "PP406", ErrorKind.Refused)]
    [TestCase(418, Purpose.AddMethod, "PP499", ErrorKind.Refused)]
    [TestCase(422, Purpose.AddMethod, "PP407", ErrorKind.InvalidValue)]
    [TestCase(429, Purpose.AddMethod, "PP503", ErrorKind.Throttled)]
    [TestCase(500, Purpose.AddMethod, "PP501", ErrorKind.ServiceFailure)]
    [TestCase(501, Purpose.AddMethod, "PP403", ErrorKind.Refused)]
    [TestCase(503, Purpose.AddMethod, "PP501", ErrorKind.ServiceFailure)]
    public void Without_a_text_that_helps_the_status_decides(int status, object purpose, string ours, ErrorKind kind)
    {
        foreach (string body in new[] { StubGraphText("UnknownError", ""), StubGraphText("badRequest", "Something went wrong."), """{"error":{"code":"x"}}""" })
        {
            ServiceError error = Classify(status, body, (Purpose)purpose);
            Assert.That((error.Code, error.Kind), Is.EqualTo((ours, kind)), body);
            Assert.That(error.Message, Is.Not.Empty);
        }
    }

    [TestCase(403, "accessDenied", "Request Authorization failed", "PP201")]
    [TestCase(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.", "PP202")]
    public void A_missing_permission_is_named(int status, string code, string message, string ours)
    {
        ServiceError write = Classify(status, StubGraphText(code, message), Purpose.AddMethod);
        Assert.That((write.Code, write.Kind), Is.EqualTo((ours, ErrorKind.Forbidden)));
        Assert.That(write.Advice, Does.Contain("UserAuthenticationMethod.ReadWrite.All"));
        Assert.That(Classify(status, StubGraphText(code, message), Purpose.ReadUsers).Advice, Does.Contain("User.Read.All"));
        Assert.That(Classify(status, StubGraphText(code, message), Purpose.ReadRoles).Advice, Does.Contain("RoleManagement.Read.Directory"));
    }

    [TestCase("""{"error":{"code":"badRequest","message":"x","innererror":{"code":"phoneNumberNotUnique","request-id":"r1"}}}""")]
    [TestCase("""{"Error":{"Code":"x","Message":"y","InnerError":{"innererror":{"Code":"PhoneNumberNotUnique","Request-Id":"r1"}}}}""")]
    [TestCase("""{"error":{"code":"badRequest","message":null,"innerError":{"message":"phoneNumberNotUnique","request-id":"r1","code":"409"}}}""")]
    [TestCase("""{"odata.error":{"code":"x","message":{"lang":"en","value":"phoneNumberNotUnique"},"innerError":{"request-id":"r1"}}}""")]
    [TestCase("\uFEFF" + """{"error":{"code":"phoneNumberNotUnique","innerError":{"request-id":"r1"}}}""")]
    public void The_envelope_is_read_in_any_case_and_nesting(string body)
    {
        ServiceError error = Classify(409, body, Purpose.AddMethod);
        Assert.That((error.Kind, error.RequestId), Is.EqualTo((ErrorKind.NumberNotUnique, "r1")));
    }

    [TestCase("The number +1 (206) 555-0100 is bad", "206")]
    [TestCase("The number +12065550100x123 is bad", "2065550100")]
    [TestCase("number 020 7946 0018", "7946")]
    [TestCase("for user kim.o'hara+x@contoso.com there", "contoso")]
    [TestCase("user kim%40contoso.com there", "contoso")]
    public void What_is_quoted_holds_no_number_and_no_address(string message, string secret) =>
        Assert.That(Classify(400, StubGraphText("badRequest", message), Purpose.AddMethod).Message, Does.Not.Contain(secret).And.Contain("•••"));

    [Test]
    public void A_long_or_many_lined_text_is_shortened_to_one_line()
    {
        ServiceError error = Classify(400, StubGraphText("badRequest", "a\r\n\tb " + new string('z', 10_000)), Purpose.AddMethod);
        Assert.That(error.Message, Has.Length.LessThan(600).And.Not.Contain("\n"));
        Assert.That(error.Message, Does.Contain("a b zzz"));
    }

    [Test]
    public void Every_code_of_the_table_stands_in_the_README()
    {
        string readme = File.ReadAllText(Path.Combine(Folder(), "README.md"));
        foreach (string code in ErrorTable.Rules.Select(rule => rule.Code)
            .Concat(["PP101", "PP102", "PP103", "PP104", "PP106", "PP107", "PP108", "PP109", "PP110", "PP111", "PP112", "PP408"]))
        {
            Assert.That(readme, Does.Contain($"| {code} |"));
        }
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "connector", "Graph"));

    private static string StubGraphText(string code, string message) =>
        System.Text.Json.JsonSerializer.Serialize(new
        {
            error = new
            {
                code, message,
                innerError = new Dictionary<string, string> { ["date"] = "2026-01-01T00:00:00", ["request-id"] = "x" }
            }
        });

    private static ServiceError Classify(int status, string body, Purpose purpose) =>
        ServiceErrors.Classify(status, System.Text.Encoding.UTF8.GetBytes(body), purpose, null);
}
