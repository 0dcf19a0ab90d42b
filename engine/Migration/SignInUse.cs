using System.Collections.Immutable;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>A successful sign-in with a method, as the sign-in log says (docs/graph.md#sign-in-log).</summary>
/// <param name="Kinds">The kinds that the log's word for the method may mean; none: a word that this version does not know.</param>
/// <param name="At">When.</param>
public readonly record struct SignInUse(PersonMethods Kinds, DateTimeOffset At);

/// <summary>Successful sign-ins of a person.</summary>
/// <param name="Uses">The methods that were used in them.</param>
public sealed record SignIns(ImmutableArray<SignInUse> Uses);
