using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ProvisioningConnector.Facade.Plain.Bodies;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>Schemas as the types of bodies and answers say: titles, values, what is required. Nothing is ever <c>null</c>: what is not there is
/// absent.</summary>
internal sealed class DescribedSchemas : IOpenApiSchemaTransformer
{
    private const string View = "View";

    /// <summary>The name of a type's schema; null: it has none and stands where it is used.</summary>
    public static string? Name(Type type) =>
        type == typeof(OperationErrorView) || type == typeof(LimitView) || type == typeof(ReadinessHeadlineView)
        || type.Namespace != typeof(PhoneView).Namespace ? null
        : type.Name.EndsWith(View, StringComparison.Ordinal) ? type.Name[..^View.Length] : type.Name;

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        schema.Type &= ~JsonSchemaType.Null;
        if (schema.Format == "int32") schema.Format = null;
        if (context.JsonPropertyInfo is { } property) Describe(schema, property);
        else if (context.JsonTypeInfo.Type == typeof(JsonObject)) schema.Type = JsonSchemaType.Object;
        if (context.JsonPropertyInfo is null && context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object) DescribeType(schema, context.JsonTypeInfo);
        return Task.CompletedTask;
    }

    private static void DescribeType(OpenApiSchema schema, JsonTypeInfo type)
    {
        schema.Required = type.Properties.Where(static p => p.IsRequired).Select(static p => p.Name).ToHashSet(StringComparer.Ordinal);
        // Docstrings are for those who read the code.
        schema.Description = null;
    }

    private static void Describe(OpenApiSchema schema, JsonPropertyInfo property)
    {
        schema.Title = Attribute<DisplayNameAttribute>(property)?.DisplayName;
        schema.Description = Attribute<DescriptionAttribute>(property)?.Description;
        if (property.PropertyType == typeof(JsonObject)) schema.Type = JsonSchemaType.Object;
        if (Attribute<AllowedValuesAttribute>(property) is { } values) schema.Enum = [.. values.Values.OfType<string>().Select(v => (JsonNode)v)];
        if (Attribute<DataTypeAttribute>(property) is { } type) schema.Format = type.DataType switch
        {
            DataType.Password => "password",
            DataType.DateTime => "date-time",
            _ => schema.Format,
        };
    }

    private static T? Attribute<T>(JsonPropertyInfo property)
        where T : Attribute => (property.AttributeProvider as MemberInfo)?.GetCustomAttribute<T>();
}
