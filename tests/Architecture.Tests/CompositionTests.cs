using Mono.Cecil;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>Services come by constructor from the composition roots; nothing asks a container, and nothing logs but by <c>ILogger</c>.</summary>
public sealed class CompositionTests
{
    /// <summary>Where containers are filled and asked: one for commands, one for the service.</summary>
    private static readonly string[] Roots = ["CommandHost", "CommandServices", "FacadeServer", "FacadeServices"];

    private static readonly string[] Asking =
        ["IServiceProvider", "ServiceProviderServiceExtensions", "ServiceProvider", "IServiceScopeFactory", "IServiceScope", "ActivatorUtilities"];

    private static readonly string[] AskingMembers = ["get_RequestServices", "get_ApplicationServices"];

    [Test]
    public void Only_composition_roots_ask_a_container()
    {
        using ProductCode product = new();

        string[] askers = [.. product.Types.Where(AsksContainer).Select(static type => ProductCode.Outermost(type).Name).Distinct()
            .Order(StringComparer.Ordinal)];

        Assert.That(askers, Is.SubsetOf(Roots), "Take what is needed by constructor.");
        Assert.That(askers, Is.SupersetOf(new[] { "CommandHost", "FacadeServer" }), "the roots were looked into");
    }

    [Test]
    public void Features_of_a_request_carry_what_is_of_the_request_or_its_connection_and_no_services()
    {
        using ProductCode product = new();

        string[] carried = [.. product.Bodies.SelectMany(ProductCode.Named).OfType<GenericInstanceMethod>()
            .Where(static call => call is { Name: "Set", DeclaringType.Name: "IFeatureCollection" }).Select(static call => call.GenericArguments[0].Name)
            .Distinct().Order(StringComparer.Ordinal)];

        Assert.That(carried, Is.EqualTo(new[] { "Correlation", "Credentials", "SilentConnection", "TokenText" }));
    }

    [Test]
    public void Only_the_configuration_of_logging_knows_Serilog()
    {
        using ProductCode product = new();

        string[] places = [.. product.Types.Where(static type => Uses(type).Any(static used => used.Namespace.StartsWith("Serilog", StringComparison.Ordinal)))
            .Select(static type => ProductCode.Outermost(type).Namespace).Distinct()];

        Assert.That(places, Is.EqualTo(new[] { "ProvisioningConnector.Composition.Logging" }), "Log by ILogger<T>.");
    }

    [Test]
    public void Every_logger_has_the_category_of_a_class_beside_which_it_logs()
    {
        using ProductCode product = new();

        string[] others = [.. product.Types.SelectMany(static type => type.Fields
            .Where(field => field.FieldType is GenericInstanceType { ElementType.FullName: "Microsoft.Extensions.Logging.ILogger`1" } logger
                && logger.GenericArguments[0].GetElementType().Namespace != ProductCode.Outermost(type).Namespace)
            .Select(field => $"{type.FullName} logs as {field.FieldType.FullName}"))];

        Assert.That(others, Is.Empty);
    }

    private static bool AsksContainer(TypeDefinition type) => Uses(type).Any(static used => Asking.Contains(used.Name, StringComparer.Ordinal))
        || type.Methods.Where(static method => method.HasBody).SelectMany(ProductCode.Named)
            .Any(static member => AskingMembers.Contains(member.Name, StringComparer.Ordinal));

    private static IEnumerable<TypeReference> Uses(TypeDefinition type) =>
    [
        .. type.Fields.Select(static field => field.FieldType), .. type.Interfaces.Select(static implemented => implemented.InterfaceType),
        .. type.Methods.SelectMany(static method => method.Parameters).Select(static parameter => parameter.ParameterType),
        .. type.Methods.Select(static method => method.ReturnType),
        .. type.Methods.Where(static method => method.HasBody).SelectMany(ProductCode.TypesNamed),
    ];
}
