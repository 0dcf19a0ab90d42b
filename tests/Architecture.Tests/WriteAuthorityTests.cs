using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>Nothing writes to a tenant without the pipeline's stages: the right to write is made in one place, and no other assembly can make one.</summary>
public sealed class WriteAuthorityTests
{
    private const string Head = """
        using System.Threading.Tasks;
        using ProvisioningConnector.Engine.Pipeline;
        using ProvisioningConnector.Engine.Planning;
        using ProvisioningConnector.Engine.Ports;
        public static class SixthHead
        {
            public static async Task WriteAsync(ITenantWriter writer, RunPipeline pipeline, RunRequest request, Operation operation) => await BODY;
        }
        """;

    [TestCase("pipeline.RunAsync(request, GivenConsent.Instance, default)", "", Description = "through the pipeline it compiles")]
    [TestCase("writer.SendAsync(new RunAuthority(\"r1\", null).For(\"uid\"), operation, default)", "CS1729")]
    [TestCase("writer.SendAsync(new WriteAuthority(null, \"uid\", default), operation, default)", "CS1729")]
    [TestCase("writer.SendAsync(\"uid\", operation, default)", "CS1503")]
    public void A_head_in_another_assembly_cannot_write_without_the_pipeline(string body, string error)
    {
        string[] errors = [.. Compile(Head.Replace("BODY", body, StringComparison.Ordinal)).Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => d.Id)];

        Assert.That(errors.Distinct().Take(1), Is.EqualTo(error.Length == 0 ? Array.Empty<string>() : new[] { error }), string.Join(", ", errors));
    }

    [TestCase(typeof(RunAuthority), "ProvisioningConnector.Engine.Pipeline.RunPipeline")]
    [TestCase(typeof(WriteAuthority), "ProvisioningConnector.Engine.Ports.RunAuthority ProvisioningConnector.Engine.Ports.WriteAuthority")]
    public void It_is_made_in_one_place(Type authority, string makers)
    {
        using AssemblyDefinition engine = AssemblyDefinition.ReadAssembly(typeof(RunPipeline).Assembly.Location);

        IEnumerable<string> found = engine.MainModule.GetTypes().SelectMany(type => type.Methods.Where(m => m.HasBody)
            .Where(m => m.Body.Instructions.Any(i => i.OpCode == OpCodes.Newobj && i.Operand is MethodReference made
                && made.DeclaringType.FullName == authority.FullName))
            .Select(_ => Outer(type))).Distinct().Order(StringComparer.Ordinal);

        Assert.That(string.Join(' ', found), Is.EqualTo(makers));
    }

    [Test]
    public void Only_the_test_kit_is_a_friend_of_the_engine()
    {
        string[] friends = [.. typeof(RunPipeline).Assembly.GetCustomAttributes(typeof(System.Runtime.CompilerServices.InternalsVisibleToAttribute), false)
            .Cast<System.Runtime.CompilerServices.InternalsVisibleToAttribute>().Select(a => a.AssemblyName)];

        Assert.That(friends, Is.EqualTo(new[] { "ProvisioningConnector.TestKit" }));
    }

    [Test]
    public void Planning_has_no_way_to_a_writer()
    {
        HashSet<Type> seen = [];
        Queue<Type> open = new([typeof(RunPlanner)]);
        while (open.TryDequeue(out Type? type))
        {
            if (!seen.Add(type)) continue;
            foreach (System.Reflection.FieldInfo field in type.GetFields(
                System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public))
            {
                foreach (Type part in field.FieldType.IsGenericType ? field.FieldType.GetGenericArguments().Append(field.FieldType) : [field.FieldType])
                {
                    if (part.Assembly == typeof(RunPlanner).Assembly) open.Enqueue(part);
                }
            }
        }

        Assert.That(seen.Where(t => typeof(IMethodsWriter).IsAssignableFrom(t) || typeof(ISecretWriter).IsAssignableFrom(t)), Is.Empty);
        Assert.That(seen, Does.Contain(typeof(PipelinePorts)), "the ports were looked into");
    }

    private static string Outer(TypeDefinition type) => type.DeclaringType is { } outer ? Outer(outer) : type.FullName;

    private static ImmutableArray<Diagnostic> Compile(string source)
    {
        string platform = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        IEnumerable<MetadataReference> references = platform.Split(Path.PathSeparator).Append(typeof(RunPipeline).Assembly.Location)
            .Distinct().Where(p => p.Length > 0).Select(p => MetadataReference.CreateFromFile(p));
        return CSharpCompilation.Create("SixthHead", [CSharpSyntaxTree.ParseText(source)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).GetDiagnostics();
    }
}
