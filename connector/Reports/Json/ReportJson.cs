using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Recovery;

namespace ProvisioningConnector.Reports.Json;

/// <summary>How documents are spelled in JSON: camelCase, names of the engine, configuration's names in <c>policy</c> and <c>limits</c>.</summary>
internal sealed class ReportJson
{
    private ReportJson(bool run)
    {
        Options = Make(run);
        Plan = Type<PlanDocument>();
        Run = Type<RunDocument>();
        Runs = Type<RunsDocument>();
        Error = Type<ErrorDocument>();
        User = Type<UserEntry>();
        Recovery = Type<RecoveryDocument>();
        Methods = Type<MethodsDocument>();
        History = Type<HistoryDocument>();
        Approvals = Type<ImmutableArray<Approval>>();
    }

    // First, because the others are made with it.
    /// <summary>One encoder for all JSON: '+' and '•' stay readable. The text is for files and pipes; pages need another.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where what belongs to runs only is left out while it is null.</summary>
    public static ReportJson OfPlans { get; } = new(run: false);

    /// <summary>Where it is written, null or not.</summary>
    public static ReportJson OfRuns { get; } = new(run: true);

    public JsonSerializerOptions Options { get; }

    public JsonTypeInfo<PlanDocument> Plan { get; }

    public JsonTypeInfo<RunDocument> Run { get; }

    public JsonTypeInfo<RunsDocument> Runs { get; }

    public JsonTypeInfo<ErrorDocument> Error { get; }

    public JsonTypeInfo<UserEntry> User { get; }

    public JsonTypeInfo<RecoveryDocument> Recovery { get; }

    public JsonTypeInfo<MethodsDocument> Methods { get; }

    public JsonTypeInfo<HistoryDocument> History { get; }

    public JsonTypeInfo<ImmutableArray<Approval>> Approvals { get; }

    public static ReportJson For(ReportHeader head) => head is RunDocument ? OfRuns : OfPlans;

    private JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Make(bool run)
    {
        JsonSerializerOptions options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            IgnoreReadOnlyProperties = true,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            Encoder = Writing.Encoder,
            TypeInfoResolver = ReportsContext.Default.WithAddedModifier(run ? KeepAll : LeaveOutWhatOnlyRunsHave),
            Converters =
            {
                Named<Situation>(), Named<OperationAction>(), Named<Part>(), Named<PhoneType>(), Named<Severity>(), Named<Verdict>(),
                Named<UserOutcome>(), Named<OperationOutcome>(), Named<RunOutcome>(), Named<MethodKind>(), Named<SmsSignInState>(),
                Named<PreferredMethod>(), Named<SignInNeed>(), new PlanOriginConverter(), new HeldNightsConverter(),
                AsConfigured<OverwritePolicy>(), AsConfigured<AddPhonePolicy>(), AsConfigured<PhonesPolicy>(), AsConfigured<SameNumberPolicy>(),
                AsConfigured<AlternateOnlyPolicy>(), AsConfigured<LastMethodPolicy>(), AsConfigured<DefaultMethodPolicy>(),
                AsConfigured<DriftPolicy>(), AsConfigured<AccountPolicy>(), AsConfigured<NumberPolicy>(), AsConfigured<BreachPolicy>(),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    private static JsonStringEnumConverter<T> Named<T>()
        where T : struct, Enum => new(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

    private static JsonStringEnumConverter<T> AsConfigured<T>()
        where T : struct, Enum => new(namingPolicy: null, allowIntegerValues: false);

    private static void KeepAll(JsonTypeInfo type)
    {
        AllowNoOrigin(type);
        LeaveOutUsualPolicies(type);
        LeaveOutNights(type);
    }

    private static void LeaveOutWhatOnlyRunsHave(JsonTypeInfo type)
    {
        KeepAll(type);
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (OnlyInRuns(type.Type, property.Name)) property.ShouldSerialize = static (_, value) => value is not null;
        }
    }

    /// <summary>Documents of earlier versions have none.</summary>
    private static void AllowNoOrigin(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(ReportHeader))) return;
        foreach (JsonPropertyInfo property in type.Properties.Where(p => p.Name == "origin")) property.IsRequired = false;
    }

    /// <summary>Plans of earlier versions have no policy on numbers, on nights and on retired phones, and their seals cover what they have.</summary>
    private static void LeaveOutUsualPolicies(JsonTypeInfo type)
    {
        if (type.Type != typeof(PlanningPolicy)) return;
        foreach (JsonPropertyInfo property in type.Properties.Where(p => p.Name is "numbers" or "heldIsFinding" or "phones"))
        {
            property.ShouldSerialize = static (_, value) => value is not null && !value.Equals(NumberPolicies.Default) && !value.Equals(HeldNights.Default)
                && !value.Equals(PhonesPolicy.Manage);
        }
    }

    /// <summary>Most of what is held has not been held for long.</summary>
    private static void LeaveOutNights(JsonTypeInfo type)
    {
        if (type.Type != typeof(HeldPart)) return;
        foreach (JsonPropertyInfo property in type.Properties.Where(p => p.Name == "heldFor"))
        {
            property.ShouldSerialize = static (_, value) => value is not null;
        }
    }

    private static bool OnlyInRuns(Type type, string name) =>
        type == typeof(UserEntry) ? name is "outcome" or "verified" or "methodsNow"
        : type == typeof(OperationEntry) ? name is "outcome" or "sentAt" or "verifiedAt" or "error"
        : type == typeof(SummaryEntry) && name is "done" or "failed" or "unknown" or "stale" or "skipped" or "used";
}
