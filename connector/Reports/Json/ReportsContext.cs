using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Recovery;

namespace ProvisioningConnector.Reports.Json;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(RunsDocument))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(UserEntry))]
[JsonSerializable(typeof(RecoveryDocument))]
[JsonSerializable(typeof(HistoryDocument))]
[JsonSerializable(typeof(MethodsDocument))]
[JsonSerializable(typeof(ImmutableArray<Approval>))]
internal sealed partial class ReportsContext : JsonSerializerContext;
