using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Facade.Recon;
using ProvisioningConnector.TestKit.Kept;

namespace ProvisioningConnector.Facade.Tests.Recon;

/// <summary>What the store keeps of a reconciliation beside its run stays readable: names of properties, and numbers of states and stages.</summary>
public sealed class KeptNoteTests
{
    private const string Note = """
        {"Forgotten":true,"Planned":{"Id":"r1","Mapping":"hrToEntra","Source":"hr","Tenant":"contoso",
        "Started":"2026-03-01T12:00:00+00:00","Ended":"2026-03-01T12:30:00+00:00",
        "State":2,"Stage":3,"IsAnalysis":true,"SourceId":"ada@contoso.com","SourceRows":{"Processed":4,"Total":5},
        "Targets":{"Processed":6,"Total":7},"Updated":8,"Unchanged":9,
        "Situations":{"CONFIRMED":10},"Succeeded":11,"Failures":12,"Durations":{"sourceQuery":13.5},"Message":"Why."}}
        """;

    [Test]
    public void A_kept_note_comes_back_with_all_it_held()
    {
        string again = JsonSerializer.Serialize(JsonSerializer.Deserialize<ReconNote>(Note));

        Assert.That(KeptJson.Differences(JsonNode.Parse(Note), JsonNode.Parse(again)), Is.Empty);
    }

    [Test]
    public void Numbers_of_states_and_stages_stay() => Assert.That((Numbers<ReconState>(), Numbers<ReconStage>()), Is.EqualTo((
        "0=Active 1=Canceled 2=Failed 3=Success",
        "0=Initialized 1=QueryEntries 2=ReconcilingSource 3=ReconcilingTarget 4=ProcessingResults 5=Canceling 6=Succeeded 7=Canceled 8=Failed")));

    private static string Numbers<T>()
        where T : struct, Enum => string.Join(' ', Enum.GetValues<T>().Select(value => $"{value:D}={value}"));
}
