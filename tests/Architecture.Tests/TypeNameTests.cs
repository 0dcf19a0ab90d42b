using System.Reflection;
using System.Runtime.CompilerServices;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>A name that two types share sends a reader to the wrong one.</summary>
public sealed class TypeNameTests
{
    [Test]
    public void No_two_types_of_the_product_have_one_name()
    {
        string[] shared =
        [
            .. ProjectLayers.All.SelectMany(project => project.Member.Assembly.GetTypes()).Where(IsWritten)
                .GroupBy(type => type.Name, StringComparer.Ordinal).Where(types => types.Count() > 1)
                .Select(types => string.Join(", ", types.Select(type => type.FullName))),
        ];

        Assert.That(shared, Is.Empty);
    }

    // Neither the compiler's own types nor those of source generators.
    private static bool IsWritten(Type type) =>
        !type.IsNested && type.Namespace?.StartsWith("ProvisioningConnector.", StringComparison.Ordinal) == true && type.Name[0] != '<'
        && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null;
}
