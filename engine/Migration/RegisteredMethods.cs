using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>A person's methods with age and use, the password apart.</summary>
/// <param name="Methods">All of them, those of unknown kinds too.</param>
/// <param name="SmsSignIn">State of SMS sign-in on the mobile; meaningless without a mobile.</param>
public sealed record RegisteredMethods(ImmutableArray<MethodUse> Methods, SmsSignInState SmsSignIn);
