using Mono.Cecil;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>Who uses Microsoft's SDK, and which parts of it: requests and models, never the parts that send (docs/graph.md#how-the-sdk-is-used).</summary>
public sealed class GraphSdkTests
{
    /// <summary>What sends: the HTTP stacks of Kiota and of Graph.Core, and the token provider that leaves the token out for hosts it does not know.</summary>
    private static readonly string[] Sending = ["Microsoft.Kiota.Http.HttpClientLibrary", "Microsoft.Kiota.Authentication.Azure", "Microsoft.Graph.Core"];

    private static readonly string[] Saying = ["Microsoft.Graph", "Microsoft.Kiota.Abstractions", "Microsoft.Kiota.Serialization.Json"];

    /// <summary>Folders of the hot paths, and of what all others stand on.</summary>
    private static readonly string[] WithoutSdk = ["Settings", "Answers", "Credentials", "Json", "Http"];

    [Test]
    public void No_part_of_the_SDK_that_sends_is_used()
    {
        List<string> users = [];
        foreach (ModuleDefinition module in Modules())
        {
            using (module)
            {
                users.AddRange(module.AssemblyReferences.Where(a => Sending.Contains(a.Name, StringComparer.Ordinal)).Select(a => $"{module.Name}: {a.Name}"));
            }
        }

        Assert.That(users, Is.Empty, "They repeat writes, follow redirects with a body, or report a redirect as success.");
    }

    [Test]
    public void Only_the_project_Graph_knows_the_SDK()
    {
        List<string> users = [];
        foreach (ModuleDefinition module in Modules())
        {
            using (module)
            {
                if (module.AssemblyReferences.Any(a => a.Name == "Microsoft.Graph" || a.Name.StartsWith("Microsoft.Kiota.", StringComparison.Ordinal)))
                {
                    users.Add(module.Name);
                    Assert.That(Sdk(module.AssemblyReferences), Is.SubsetOf(Saying));
                }
            }
        }

        Assert.That(users, Is.EqualTo(new[] { "ProvisioningConnector.Graph.dll" }));
    }

    [Test]
    public void Readers_of_many_users_and_all_that_sends_know_no_SDK()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(ProjectLayers.All.Single(layers => layers.Folder == "connector/Graph").Assembly);
        string[] users = [.. module.GetTypes().Where(type => WithoutSdk.Any(folder => Outer(type).Namespace == "ProvisioningConnector.Graph." + folder))
            .Where(type => type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Select(i => i.Operand).OfType<MemberReference>()
                .Any(member => IsSdk((member as TypeReference ?? member.DeclaringType)?.Scope?.Name)))
            .Select(type => type.FullName)];

        Assert.That(users, Is.Empty);
    }

    private static IEnumerable<ModuleDefinition> Modules() =>
        ProjectLayers.All.Select(layers => layers.Assembly).Distinct(StringComparer.Ordinal).Select(ModuleDefinition.ReadModule);

    private static IEnumerable<string> Sdk(IEnumerable<AssemblyNameReference> references) => references.Select(a => a.Name).Where(IsSdk);

    private static bool IsSdk(string? name) => name is not null
        && (name.StartsWith("Microsoft.Graph", StringComparison.Ordinal) || name.StartsWith("Microsoft.Kiota", StringComparison.Ordinal));

    private static TypeDefinition Outer(TypeDefinition type) => type.DeclaringType is { } outer ? Outer(outer) : type;
}
