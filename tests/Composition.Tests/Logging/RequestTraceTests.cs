using ProvisioningConnector.Composition.Logging;

namespace ProvisioningConnector.Composition.Tests.Logging;

/// <summary>Paths of requests are logged without names of users.</summary>
public sealed class RequestTraceTests
{
    [TestCase("/v1.0/users/2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21/manager", "/v1.0/users/2f1b7a4e-6d0c-4e6b-9a53-0d1c8c1f7e21/manager")]
    [TestCase("/v1.0/users/ada@contoso.com", "/v1.0/users/…")]
    [TestCase("/v1.0/users/ada@contoso.com/authentication/methods", "/v1.0/users/…/authentication/methods")]
    [TestCase("/v1.0/users/dan_x.com%23EXT%23@contoso.com", "/v1.0/users/…")]
    [TestCase("/v1.0/users('$ada@contoso.com')/authentication", "/v1.0/users('…')/authentication")]
    [TestCase("/v1.0/users(%27$ada@contoso.com%27)", "/v1.0/users(%27…%27)")]
    [TestCase("/beta/users/+12065550100", "/beta/users/…")]
    [TestCase("/v1.0/users", "/v1.0/users")]
    [TestCase("/v1.0/users/$count", "/v1.0/users/$count")]
    [TestCase("/v1.0/$batch", "/v1.0/$batch")]
    public void What_stands_for_a_user_stays_only_where_it_is_an_object_id(string path, string logged) =>
        Assert.That(RequestTrace.WithoutNames(path), Is.EqualTo(logged));
}
