using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>The compiled product: every method with what it names.</summary>
internal sealed class ProductCode : IDisposable
{
    private readonly ModuleDefinition[] _modules =
    [
        .. ProjectLayers.All.Select(static layers => layers.Assembly).Distinct(StringComparer.Ordinal)
            .Select(static assembly => ModuleDefinition.ReadModule(assembly)),
    ];

    public IEnumerable<TypeDefinition> Types => _modules.SelectMany(static module => module.GetTypes());

    public IEnumerable<MethodDefinition> Bodies => Types.SelectMany(static type => type.Methods).Where(static method => method.HasBody);

    /// <summary>The type that a file is named after: generated and nested types count for it.</summary>
    public static TypeDefinition Outermost(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }

    /// <summary>Members that a method's body names.</summary>
    public static IEnumerable<MemberReference> Named(MethodDefinition method) =>
        method.Body.Instructions.Select(static instruction => instruction.Operand).OfType<MemberReference>();

    /// <summary>Types of a method's body and of the members that it names.</summary>
    public static IEnumerable<TypeReference> TypesNamed(MethodDefinition method) =>
    [
        .. method.Body.Variables.Select(static variable => variable.VariableType),
        .. Named(method).SelectMany(static member => member switch
        {
            TypeReference type => [type],
            GenericInstanceMethod generic => [generic.DeclaringType, generic.ReturnType, .. generic.GenericArguments],
            MethodReference call => [call.DeclaringType, call.ReturnType, .. call.Parameters.Select(static parameter => parameter.ParameterType)],
            FieldReference field => [field.DeclaringType, field.FieldType],
            _ => Array.Empty<TypeReference>(),
        }),
    ];

    /// <summary>Calls whose result is thrown away.</summary>
    public static IEnumerable<MethodReference> Discarded(MethodDefinition method) => method.Body.Instructions
        .Where(static instruction => instruction.Next?.OpCode == OpCodes.Pop).Select(static instruction => instruction.Operand).OfType<MethodReference>();

    public void Dispose()
    {
        foreach (ModuleDefinition module in _modules) module.Dispose();
    }
}
