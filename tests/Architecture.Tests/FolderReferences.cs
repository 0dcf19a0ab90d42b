using Mono.Cecil;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>One type of a project uses another one in another folder.</summary>
/// <param name="From">The folder of the user, <c>.</c> for the root.</param>
/// <param name="To">The folder of the used type.</param>
/// <param name="FromType">The type that uses.</param>
/// <param name="ToType">The type that is used.</param>
public sealed record FolderReference(string From, string To, string FromType, string ToType);

/// <summary>Reads from a compiled assembly which folders use which: signatures, bodies, attributes. A folder is what a namespace says.</summary>
internal static class FolderReferences
{
    public static IReadOnlySet<FolderReference> Find(string assembly, string root)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        HashSet<FolderReference> found = [];
        foreach (TypeDefinition type in module.GetTypes())
        {
            TypeReference outer = Outermost(type);
            if (Folder(outer, root) is not { } from) continue;
            foreach (TypeReference used in Used(type).SelectMany(Parts).Select(Outermost))
            {
                if (Folder(used, root) is { } to && to != from) found.Add(new FolderReference(from, to, outer.Name, used.Name));
            }
        }

        return found;
    }

    private static string? Folder(TypeReference type, string root)
    {
        if (type.Namespace == root) return ".";
        return type.Namespace.StartsWith(root + ".", StringComparison.Ordinal) ? type.Namespace[(root.Length + 1)..].Replace('.', '/') : null;
    }

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }

    private static IEnumerable<TypeReference?> Used(TypeDefinition type)
    {
        yield return type.BaseType;
        foreach (InterfaceImplementation implemented in type.Interfaces) yield return implemented.InterfaceType;
        foreach (FieldDefinition field in type.Fields) yield return field.FieldType;
        foreach (CustomAttribute attribute in type.CustomAttributes) yield return attribute.AttributeType;
        foreach (TypeReference used in type.Methods.SelectMany(Used)) yield return used;
    }

    private static IEnumerable<TypeReference> Used(MethodDefinition method)
    {
        IEnumerable<TypeReference> used =
        [
            method.ReturnType, .. method.Parameters.Select(p => p.ParameterType), .. method.CustomAttributes.Select(a => a.AttributeType),
            .. method.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType),
        ];
        if (!method.HasBody) return used;
        return
        [
            .. used, .. method.Body.Variables.Select(v => v.VariableType), .. method.Body.ExceptionHandlers.Select(h => h.CatchType).OfType<TypeReference>(),
            .. method.Body.Instructions.Select(i => i.Operand).OfType<MemberReference>().SelectMany(Used),
        ];
    }

    private static IEnumerable<TypeReference> Used(MemberReference member) => member switch
    {
        GenericInstanceMethod method => [.. Used(method.ElementMethod), .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType)],
        FieldReference field => [field.DeclaringType, field.FieldType],
        TypeReference type => [type],
        _ => [],
    };

    // A generic instance, an array or a reference stands for the types that it is made of.
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };
}
