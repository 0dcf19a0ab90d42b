using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>A store that several accounts of a machine share (docs/safety.md#approvals), by the real executable.</summary>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class GroupStoreTests
{
    private const UnixFileMode Group = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    [Test]
    public async Task All_files_of_the_store_are_the_groups_and_a_directory_that_keeps_its_group_is_refused()
    {
        await using Stage stage = await Crew.StageAsync(1);
        stage.Set(s => s["Store"] = new JsonObject { ["ConnectionString"] = $"Data Source={stage.Shell.At("store/s.db")}", ["Access"] = "Group" });
        stage.Set(s => s["Audit"] = new JsonObject { ["HeadFile"] = stage.Shell.At("store/head.ndjson") });

        Answer apply = await ApplyAsync(stage);
        string[] files = Directory.GetFiles(stage.Shell.At("store"));
        File.SetUnixFileMode(stage.Shell.At("store"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Answer refused = await ApplyAsync(stage);

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(files.Select(Path.GetFileName), Is.SupersetOf(new[] { "s.db", "s.db.key", "s.db.key.lock", "head.ndjson" }));
        foreach (string file in files) Assert.That(File.GetUnixFileMode(file), Is.EqualTo(Group), file);
        Assert.That(refused.Exit, Is.EqualTo(1), $"{refused}");
        Assert.That(refused.Error, Does.Contain("chmod 2770"));
    }

    private static Task<Answer> ApplyAsync(Stage stage) =>
        ProvisionProcess.RunAsync(stage.Shell.Folder, "apply", "people.csv", "--yes", "--config", "settings.json");
}
