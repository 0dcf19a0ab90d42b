namespace ProvisioningConnector.Engine.Model;

/// <summary>One registered method that is neither a phone nor the e-mail method.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The tenant's id of it; ids are compared ignoring case.</param>
/// <param name="DisplayName">The device's or key's name where the tenant tells one. Personal: masked in reports.</param>
/// <param name="TypeName">For <see cref="MethodKind.Unknown"/> the service's type name; otherwise null.</param>
public sealed record AuthenticationMethod(MethodKind Kind, string Id, string? DisplayName = null, string? TypeName = null);
