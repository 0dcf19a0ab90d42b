using Microsoft.Extensions.DependencyInjection;
using Mono.Cecil;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Actions;
using ProvisioningConnector.Host.Cli.Commands;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>
/// Verbs that only read have no way to write to a tenant: from their constructors on, through the registrations of the command and through all that these
/// classes name, nothing that writes is met.
/// </summary>
public sealed class ReadingVerbTests
{
    private static readonly string[] Writing =
    [
        "IMethodsWriter", "ISecretWriter", "ITenantWriter", "WriteAuthority", "RunAuthority", "RunPipeline", "GraphMethodsWriter", "GraphSecretWriter",
        "WriteSender", "TenantWriter", "LateWriter", "WriterOpening", "TenantPipeline", "CommandPipelines",
    ];

    /// <summary>The projects whose classes are looked into; what lies below them has tests of its own.</summary>
    private static readonly string[] Inside = ["ProvisioningConnector.Host", "ProvisioningConnector.Composition"];

    [TestCase(typeof(PlanVerb))]
    [TestCase(typeof(UndoVerb))]
    [TestCase(typeof(ExplainVerb))]
    [TestCase(typeof(ShowVerb))]
    [TestCase(typeof(ReadinessVerb))]
    [TestCase(typeof(MigrateVerb))]
    [TestCase(typeof(ProofVerb))]
    [TestCase(typeof(InviteVerb))]
    [TestCase(typeof(MethodsVerb))]
    [TestCase(typeof(ExportVerb))]
    [TestCase(typeof(RecoveryVerb))]
    [TestCase(typeof(HistoryVerb))]
    [TestCase(typeof(ReadinessForgetVerb))]
    public void Nothing_behind_a_verb_that_reads_can_write_to_a_tenant(Type verb)
    {
        (string[] met, int looked) = Behind(verb);

        Assert.That(met, Is.Empty);
        Assert.That(looked, Is.GreaterThan(20), "too little was looked into");
    }

    [TestCase(typeof(ApplyVerb))]
    [TestCase(typeof(ResumeVerb))]
    [TestCase(typeof(ActionVerb))]
    public void The_way_to_write_is_seen_behind_a_verb_that_writes(Type verb) =>
        Assert.That(Behind(verb).Met, Has.Some.EndsWith("WriterOpening").And.Some.EndsWith("WriteAuthority"));

    /// <summary>What writes, with who names it, and how many types were looked into.</summary>
    private static (string[] Met, int Looked) Behind(Type verb)
    {
        using ProductCode product = new();
        ILookup<string, TypeDefinition> files = product.Types.ToLookup(static type => ProductCode.Outermost(type).FullName, StringComparer.Ordinal);
        IReadOnlyDictionary<string, string> made = Registrations();
        HashSet<string> seen = [];
        SortedSet<string> met = new(StringComparer.Ordinal);
        Queue<string> open = new([verb.FullName ?? verb.Name]);
        while (open.TryDequeue(out string? name))
        {
            if (!seen.Add(name)) continue;
            foreach (string used in files[name].SelectMany(Uses).Distinct(StringComparer.Ordinal))
            {
                if (Writing.Contains(used[(used.LastIndexOf('.') + 1)..], StringComparer.Ordinal)) met.Add($"{name} uses {used}");
                string implementation = made.GetValueOrDefault(used, used);
                if (Inside.Any(project => implementation.StartsWith(project + ".", StringComparison.Ordinal))) open.Enqueue(implementation);
            }
        }

        return ([.. met], seen.Count);
    }

    private static Dictionary<string, string> Registrations()
    {
        ServiceCollection services = [];
        Terminal terminal = new(Stream.Null, TextWriter.Null, static () => Stream.Null, false, false, false);
        CommandServices.Add(services, new CommonOptions(), terminal, TimeProvider.System, new Invocation("kim@desk", default));
        return services.Where(static service => service.ImplementationType is not null)
            .ToDictionary(static service => service.ServiceType.FullName ?? "", static service => service.ImplementationType?.FullName ?? "");
    }

    private static IEnumerable<string> Uses(TypeDefinition type) => new[]
    {
        type.Fields.Select(static field => field.FieldType), type.Methods.SelectMany(static method => method.Parameters).Select(static p => p.ParameterType),
        type.Methods.Select(static method => method.ReturnType), type.Interfaces.Select(static implemented => implemented.InterfaceType),
        type.Methods.Where(static method => method.HasBody).SelectMany(ProductCode.TypesNamed), type.BaseType is { } ancestor ? [ancestor] : [],
    }.SelectMany(static used => used).SelectMany(Parts).Select(OuterName);

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };

    private static string OuterName(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type.FullName;
    }
}
