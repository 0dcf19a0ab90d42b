using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace ProvisioningConnector.Stores.Tests.Samples;

/// <summary>A text of everything that a value holds, field by field, private ones too: two values with one text are the same.</summary>
internal static class Deep
{
    public static string Text(object? value)
    {
        StringBuilder text = new();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or Enum or bool or decimal:
                text.Append(CultureInfo.InvariantCulture, $"<{value}>");
                break;
            case DateTimeOffset at:
                text.Append(at.ToString("O", CultureInfo.InvariantCulture));
                break;
            case IFormattable number when value.GetType().IsPrimitive:
                text.Append(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case IEnumerable<string> names when value.GetType().Name.StartsWith("ImmutableHashSet", StringComparison.Ordinal):
                Write(text, names.Order(StringComparer.Ordinal).ToArray());
                break;
            case IEnumerable many:
                text.Append('[');
                foreach (object? one in many) Write(text, one);
                text.Append(']');
                break;
            default:
                Fields(text, value);
                break;
        }
    }

    private static void Fields(StringBuilder text, object value)
    {
        text.Append(value.GetType().Name).Append('{');
        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                text.Append(field.Name).Append('=');
                Write(text, field.GetValue(value));
                text.Append(';');
            }
        }

        text.Append('}');
    }
}
