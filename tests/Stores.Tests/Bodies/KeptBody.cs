using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Tests.Samples;

namespace ProvisioningConnector.Stores.Tests.Bodies;

/// <summary>A kind of value that lies in stores: how it is written and read, and the stored names that must stay.</summary>
/// <param name="Name">Of its file under <c>Kept</c>, a stored value to a line.</param>
/// <param name="Type">Of the value.</param>
/// <param name="Sample">Some value, written.</param>
/// <param name="Again">A stored value, read and written.</param>
internal sealed record KeptBody(string Name, Type Type, Func<int, string> Sample, Func<string, string> Again)
{
    private static readonly JsonSerializerOptions Plain = new();

    /// <summary>Everything that <see cref="Body"/>, <see cref="AuditBody"/> or a note of the host stores.</summary>
    public static ImmutableArray<KeptBody> All { get; } =
    [
        Create<PlannedUser>("planned-user"), Create<Operation>("operation"), Create<OperationResult>("operation-result"), Create<UserResult>("user-result"),
            Create<RunHeader>("run"),
        Create<Approval>("approval"), Create<ApiKey>("api-key"), Create<KnownRequest>("known-request"), Create<LeaseRecord>("lease"),
            Create<LimitOverride>("window-opening"),
        Create<TenantQuarantine>("quarantine"), Create<AcceptedSource>("accepted-source"), Create<RetryEntry>("retry"),
        Create<AuditEntry>("audit-entry", AuditBody.Write, line => AuditBody.TryRead(line) ?? throw new JsonException("No audit entry.")),
        Create<LearnedRates>(
            "learned-rates", rates => JsonSerializer.SerializeToUtf8Bytes(rates, Plain),
            line => JsonSerializer.Deserialize<LearnedRates>(line, Plain) ?? new LearnedRates(null, null)),
    ];

    public override string ToString() => Name;

    /// <summary>Every property and every member of an enumeration that a value of the type can hold, such as <c>place.row</c> of its owner.</summary>
    public SortedSet<string> Names()
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        HashSet<Type> seen = [];
        Collect(Type, seen, names);
        return names;
    }

    /// <summary>Those of <see cref="Names"/> that stand in a stored value.</summary>
    public SortedSet<string> NamesIn(string line)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        using JsonDocument document = JsonDocument.Parse(line);
        Find(Type, document.RootElement, names);
        return names;
    }

    private static KeptBody Create<T>(string name)
        where T : class => Create(name, Body.Write<T>, line => Body.Read<T>(line));

    private static KeptBody Create<T>(string name, Func<T, byte[]> write, Func<byte[], T> read)
        where T : class => new(
        name, typeof(T), seed => Encoding.UTF8.GetString(write(new AnyValue(seed).Create<T>())),
        line => Encoding.UTF8.GetString(write(read(Encoding.UTF8.GetBytes(line)))));

    private static void Collect(Type type, HashSet<Type> seen, SortedSet<string> names)
    {
        type = Inner(type);
        if (!seen.Add(type)) return;
        if (type.IsEnum) names.UnionWith(Enum.GetNames(type).Select(member => Member(type, JsonNamingPolicy.CamelCase.ConvertName(member))));
        foreach ((Type kind, string name) in Kinds(type))
        {
            names.Add(Member(type, name));
            Collect(kind, seen, names);
        }

        foreach (PropertyInfo property in Stored(type))
        {
            names.Add(Member(type, JsonName(property)));
            Collect(property.PropertyType, seen, names);
            // What is not written when it is the default never stands in a stored value.
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingDefault }
                && property.PropertyType.IsEnum && Enum.GetName(property.PropertyType, 0) is { } usual)
            {
                names.Remove(Member(property.PropertyType, JsonNamingPolicy.CamelCase.ConvertName(usual)));
            }
        }
    }

    private static void Find(Type type, JsonElement value, SortedSet<string> names)
    {
        bool named = IsNamed(type);
        type = Inner(type);
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement element in value.EnumerateArray()) Find(type, element, names);
        }
        else if (named && value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty element in value.EnumerateObject()) Find(type, element.Value, names);
        }
        else if (type.IsEnum)
        {
            string text = value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : Enum.GetName(type, value.GetInt32()) ?? "";
            names.Add(Member(type, JsonNamingPolicy.CamelCase.ConvertName(text)));
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            if (Kinds(type) is { IsEmpty: false } kinds && value.GetProperty(OperationKinds.Discriminator).GetString() is { } kind)
            {
                names.Add(Member(type, kind));
                type = kinds.Single(one => one.Name == kind).Type;
            }

            foreach (PropertyInfo property in Stored(type))
            {
                string name = JsonName(property);
                JsonElement stored = value.EnumerateObject().FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
                if (stored.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) continue;
                names.Add(Member(type, name));
                Find(property.PropertyType, stored, names);
            }
        }
    }

    /// <summary>The members of a family by their stored names; none of a type that is no family.</summary>
    private static ImmutableArray<(Type Type, string Name)> Kinds(Type type) =>
        type == typeof(Operation) ? OperationKinds.All : type == typeof(PlanOrigin) ? OriginKinds.All : [];

    private static string Member(Type type, string name) => $"{type.Name} {name}";

    private static string JsonName(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>The type of what is in a list, a nullable or under names.</summary>
    private static Type Inner(Type type) => Nullable.GetUnderlyingType(type) ?? (IsNamed(type) || IsList(type) ? Inner(type.GetGenericArguments()[^1]) : type);

    private static bool IsNamed(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>);

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    /// <summary>Properties of the engine's records; what is stored as a text of its own has none.</summary>
    private static IEnumerable<PropertyInfo> Stored(Type type) =>
        type.IsEnum || !Kinds(type).IsEmpty || type.Assembly != typeof(Operation).Assembly || AnyValue.IsText(type)
            ? []
            : type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0
                && p.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always });
}
