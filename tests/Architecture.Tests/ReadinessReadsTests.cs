using Mono.Cecil;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>What stands behind <c>readiness</c> only reads: none of its types names one that writes to a tenant, or opens the way to one.</summary>
public sealed class ReadinessReadsTests
{
    private static readonly string[] Writing =
        ["IMethodsWriter", "ISecretWriter", "WriteAuthority", "GraphMethodsWriter", "GraphSecretWriter", "WriteSender", "TenantWriter", "LateWriter",
        "WriterOpening", "TenantPipeline"];

    private static readonly string[] Opening = ["get_Writes"];

    [Test]
    public void Nothing_behind_readiness_can_write_to_a_tenant()
    {
        List<string> found = [];
        int types = 0;
        foreach (string assembly in ProjectLayers.All.Select(layers => layers.Assembly).Distinct(StringComparer.Ordinal))
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
            foreach (TypeDefinition type in module.GetTypes().Where(IsReadiness))
            {
                types++;
                found.AddRange(Named(type).Where(name => Writing.Contains(name, StringComparer.Ordinal) || Opening.Contains(name, StringComparer.Ordinal))
                    .Select(name => $"{type.FullName} uses {name}"));
            }
        }

        Assert.That(found, Is.Empty);
        Assert.That(types, Is.GreaterThan(40), "readiness was looked for in the wrong place");
    }

    private static bool IsReadiness(TypeDefinition type)
    {
        TypeDefinition outer = type;
        while (outer.DeclaringType is { } declaring) outer = declaring;
        return $".{outer.Namespace}.".Contains(".Readiness.", StringComparison.Ordinal) || outer.Name.StartsWith("Readiness", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Named(TypeDefinition type)
    {
        foreach (FieldDefinition field in type.Fields) yield return field.FieldType.Name;
        foreach (MethodDefinition method in type.Methods)
        {
            foreach (ParameterDefinition parameter in method.Parameters) yield return parameter.ParameterType.Name;
            yield return method.ReturnType.Name;
            if (!method.HasBody) continue;
            foreach (MemberReference member in method.Body.Instructions.Select(i => i.Operand).OfType<MemberReference>())
            {
                yield return member.Name;
                if (member.DeclaringType is { } declaring) yield return declaring.Name;
            }
        }
    }
}
