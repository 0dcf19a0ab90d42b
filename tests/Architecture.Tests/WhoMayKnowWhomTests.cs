using System.Reflection;
using System.Xml.Linq;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Facade;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Writing;
using ProvisioningConnector.Icf.Operations;
using ProvisioningConnector.Numbers;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sources;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>The host knows everyone; the facade cannot see the command line; Graph, Stores, Sources, Numbers, Reports
/// and Icf know the engine; Sandbox, Crest and the engine know no project (docs/design.md#who-may-know-whom).</summary>
public sealed class WhoMayKnowWhomTests
{
    private const string Ours = "ProvisioningConnector.";

    [TestCase(typeof(Planner), new string[0])]
    [TestCase(typeof(SandboxServer), new string[0])]
    [TestCase(typeof(CrestRequest), new string[0])]
    [TestCase(typeof(GraphConnection), new[] { "ProvisioningConnector.Engine" })]
    [TestCase(typeof(SqliteRunStore), new[] { "ProvisioningConnector.Engine" })]
    [TestCase(typeof(SourceFile), new[] { "ProvisioningConnector.Engine" })]
    [TestCase(typeof(LibPhoneNumber), new[] { "ProvisioningConnector.Engine" })]
    [TestCase(typeof(Report), new[] { "ProvisioningConnector.Engine" })]
    [TestCase(typeof(IcfConnector), new[] { "ProvisioningConnector.Engine" })]
    [TestCase(typeof(Workspace), new[]
    {
        "ProvisioningConnector.Engine", "ProvisioningConnector.Graph", "ProvisioningConnector.Icf",
        "ProvisioningConnector.Numbers", "ProvisioningConnector.Reports", "ProvisioningConnector.Sandbox",
        "ProvisioningConnector.Sources", "ProvisioningConnector.Stores",
    })]
    [TestCase(typeof(FacadeServer), new[]
    {
        "ProvisioningConnector.Composition", "ProvisioningConnector.Crest", "ProvisioningConnector.Engine",
        "ProvisioningConnector.Graph", "ProvisioningConnector.Icf",
        "ProvisioningConnector.Reports", "ProvisioningConnector.Sources", "ProvisioningConnector.Stores",
    })]
    public void A_project_knows_only_whom_it_may_know(Type inside, string[] allowed)
    {
        string[] known = [.. inside.Assembly.GetReferencedAssemblies().Select(a => a.Name ?? "").Where(n => n.StartsWith(Ours, StringComparison.Ordinal))];

        Assert.That(known, Is.SubsetOf(allowed));
    }

    [Test]
    public void The_engine_uses_no_package_that_reaches_its_users()
    {
        XDocument project = XDocument.Load(Path.Combine(Repository.Root, "engine", "ProvisioningConnector.Engine.csproj"));

        string[] packages = [.. project.Descendants("PackageReference").Where(p => p.Attribute("PrivateAssets")?.Value != "all")
            .Select(p => p.Attribute("Include")?.Value ?? "")];

        Assert.That(packages, Is.Empty);
    }

    [Test]
    public void Only_the_writing_client_has_a_member_that_writes()
    {
        Assembly graph = typeof(GraphConnection).Assembly;
        Type writer = typeof(Engine.Ports.IMethodsWriter);

        Type[] writers = [.. graph.GetTypes().Where(t => writer.IsAssignableFrom(t) && !t.IsInterface)];

        Assert.That(writers, Is.EqualTo(new[] { typeof(GraphMethodsWriter) }));
    }

    [Test]
    public void The_tenant_that_plan_holds_has_no_way_to_the_writer()
    {
        Type reading = typeof(ReadingTenant);

        string[] members = [.. reading.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Select(m => m.ToString() ?? "")];

        Assert.That(members, Has.None.Contains("IMethodsWriter").And.None.Contains("GraphMethodsWriter"));
    }
}
